//! The tables of people: clients, partners, teams, persons, seats, sessions, invitations and customers.

mod clients;
mod customers;
mod levels;
mod persons;
mod sessions;
mod sites;

pub use clients::{
    WorksAt, add_client, add_partner, add_team, change_client, client, client_by_slug, clients,
    clients_named, partner_of, partners, team, team_of, teams, works_at,
};
pub use customers::{
    address_of, bounced_because, came_back, came_back_from, customer, customer_at, learn_language,
    note_bounce, remember_customer, unsubscribe, unsubscribed_because,
};
pub use levels::{add_level, levels};
pub use persons::{
    Credentials, add_person, add_seat, change_person, colleagues, disable, drop_seat, has_owner, owners,
    people_of_team, person, person_by_email, persons, seated_since, seats, seats_of, set_password,
};
pub use sessions::{
    OpenInvitation, begin_session, end_invitation, end_session, end_sessions_of, invite, last_seen,
    open_invitations, session, sessions_of, signed_in, touch, use_invitation, whose_invitation,
};
pub use sites::{drop_site, set_site, sites};
