"""Evaluation: how well the public search does, on cases, judged queries and lists of forms that someone brings.

Nothing here is part of a search, and nothing of what is measured comes with Furet.
"""
