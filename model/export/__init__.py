"""Walks, automata and histories for other programs: text, JSON, Markdown, LaTeX, DOT, Mermaid, CSV."""
