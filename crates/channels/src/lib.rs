//! How words come in and go out: e-mail today; form, chat and phone have their place beside it.

pub mod email;
