from assistant.llm import answer, embed

__all__ = ["answer", "embed"]
