//! Every statement of the program, where all rooms are linked.

mod statements;
