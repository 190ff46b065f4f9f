//! How words come in and go out: e-mail today; form, chat and phone have their place beside it. And how texts go to engines elsewhere.

pub mod calls;
pub mod email;
pub mod engines;
