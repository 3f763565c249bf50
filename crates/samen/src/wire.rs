//! Puts the parts together: desk, shell, public door, routes.

use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use desk::Desk;
use web::app::App;
use web::chance::Chance;
use web::clock::Clock;
use web::shell::{Settings, Shell};
use web::theme::Theme;

use crate::config::File;

/// The site over a desk.
pub fn site(desk: Desk, file: &File, behind_tls: bool) -> Result<(Arc<App>, Router)> {
    let defaults = Settings::default();
    let settings = Settings {
        demo: desk.settings.made_up,
        tls: behind_tls,
        address: file.address.clone(),
        leave_to: file.leave_to.clone().unwrap_or(defaults.leave_to),
        host_name: file.host_name.clone().unwrap_or(defaults.host_name),
        host_contact: file.host_contact.clone().unwrap_or(defaults.host_contact),
        host_uri: file.host_uri.clone(),
        ..Settings::default()
    };
    let theme = Theme::load(file.theme_css.as_deref())?;
    let shell = Shell::new(settings, theme, Clock::system(), Chance::system())?;
    let app = App::new(shell, desk);
    let (router, _) = web::site::build(&app);
    Ok((app, router))
}
