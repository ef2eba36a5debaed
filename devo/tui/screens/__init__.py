"""The screens of the explorer, each a module of its own that is loaded when it is first opened."""
