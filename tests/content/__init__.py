"""The checklist's content, held to its outline, its glossary and its three languages."""
