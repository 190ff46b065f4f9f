//! Backups: the same rows and blobs again, on either engine, or a refusal and nothing changed.
