"""How a network is run: device, engine, calibration, guard."""
