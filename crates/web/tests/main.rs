//! The pages, in process, through the router: who may open what, what never crosses between clients, and how forms behave.

mod consents;
mod departures;
mod domains;
mod doorstep;
mod escalations;
mod house;
mod live;
mod mails;
mod pages;
mod senders;
mod set_up;
mod table;
mod terms;
mod threads;
mod wall;
