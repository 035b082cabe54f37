"""What identifies a person: found, masked; codes that open a dossier."""
