"""Do the numbers agree with the books, and what changed them, when, by whom?"""
