"""What each outcome is worth by month: its claim, its evidence, the pools and caps that cut it, its range."""
