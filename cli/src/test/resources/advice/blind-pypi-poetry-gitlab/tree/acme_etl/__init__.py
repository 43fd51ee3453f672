from acme_etl.steps import load, tidy

__all__ = ["load", "tidy"]
