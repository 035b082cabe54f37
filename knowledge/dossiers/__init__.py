"""Pre-qualification dossiers: kept only with consent, opened with a code, erased on request or by age."""
