"""Evidence packs that ship with Loccit: data only."""
