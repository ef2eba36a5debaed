"""Benchmarks: how fast devo is, as ratios to a named alternative measured in the same run.

    python -m benchmarks [NAME]...

Answers are compared with the alternative's before anything is timed. Nothing timed is a test.
"""
