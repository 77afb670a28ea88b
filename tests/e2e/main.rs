//! The demo site in a real Chromium, under the site's own strict policies.

mod answers;
mod articles;
mod blocks;
mod brand;
mod damage;
mod desk_states;
mod faults;
mod frame;
mod handoff;
mod hostile;
mod inline;
mod keyboard;
mod korean;
mod languages;
mod lifecycle;
mod live;
mod outages;
mod pages;
mod person;
mod phones;
mod privacy;
mod random_faults;
mod secrecy;
mod states;
mod typing;
mod xss;
