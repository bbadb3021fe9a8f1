"""The Model Context Protocol: other assistants ask the advisor, and its rules decide."""
