"""Assessments: sittings of methods, evaluators who rate alone then agree, results that are never overwritten."""
