"""What the numbers mean: effects, results, diagnostics, confounders, verdict."""
