//! The language room from outside: what the meaning guard finds in texts with planted faults.

mod guard;
