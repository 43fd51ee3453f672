from .frame import tidy

__all__ = ["tidy"]
