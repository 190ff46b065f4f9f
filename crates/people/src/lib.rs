//! Clients, partners and their teams; persons, their seats and sign-in; and reach: what somebody may see.

mod clients;
mod customers;
mod levels;
mod password;
mod persons;
mod reach;
mod refusals;
mod secret;
mod sites;
mod speakers;
pub mod tables;

pub use clients::{COLOURS, Client, Partner, Team, slug};
pub use customers::Customer;
pub use levels::{
    BILINGUAL_FROM, Evidence, JUDGES_FROM, Level, LevelEntry, READS_FROM, Spoken, Standing, WRITES_FROM,
    fits, in_words, may_take_the_place, said_anew,
};
pub use password::Password;
pub use persons::{Person, SeatHeld, Session};
pub use reach::{Door, InForce, reach};
pub use refusals::PeopleRefusal;
pub use secret::Secret;
pub use sites::Site;
pub use speakers::{Answering, Machine, Stakes, Step, speakers};
