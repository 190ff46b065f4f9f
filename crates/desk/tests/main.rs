//! The stories of the desk, each told once and run on both engines.

mod receiving;
