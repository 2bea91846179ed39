"""The closed loop: whose reading is due, what waits for finance, what came since delivery."""
