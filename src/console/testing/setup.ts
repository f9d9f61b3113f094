// Runs before every console test.
