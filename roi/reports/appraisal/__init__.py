"""Is it worth its money: flows, net present value, cost of delay, and how good our forecasts were."""
