"""How well text is understood: figures over sets of labelled texts."""
