//! Pages and programming interface: HTTP in, a call to the desk, HTML or JSON out.
//!
//! [`shell::site`] lays all layers around the routes; `README.md` says in ten lines how to add a page.

pub mod api;
pub mod app;
pub mod chance;
pub mod clock;
pub mod cookie;
pub mod form;
pub mod guard;
pub mod headers;
pub mod health;
pub mod language;
pub mod leave;
pub mod limits;
pub mod listen;
pub mod page;
pub mod person;
pub mod problem;
pub mod public;
pub mod refuse;
pub mod routes;
pub mod security_txt;
pub mod shell;
pub mod site;
pub mod steady;
pub mod texts;
pub mod theme;
pub mod upload;
pub mod words;
pub mod work;
