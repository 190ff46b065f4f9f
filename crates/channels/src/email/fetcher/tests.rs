//! Fetching from servers as they are and as they shouldn’t be.
