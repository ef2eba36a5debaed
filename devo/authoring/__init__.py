"""New plugins: a small distribution, or one file, that works before a word of it is changed."""
