"""Cost by team and month: where it is booked, what it consists of, who works there, which lines made it."""
