"""A language model beside the rules (语言模型): asked over the OpenAI-compatible protocol, only where a setting says so.

What it answers is never taken at its word: every surface and quote must stand in the text, kinds and ends must be the
ontology's, numbers are read by our own rules. What is refused is counted with its reason.
"""
