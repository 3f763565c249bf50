//! The shell with a desk in memory, for looking at pages: `cargo run -p web --example shell`, then http://127.0.0.1:8090.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use web::chance::Chance;
use web::clock::Clock;
use web::form::{Filled, Form, Typed};
use web::language::WorkLang;
use web::page;
use web::page::confirm::ConfirmPage;
use web::page::frame::{NavItem, WorkFrame, Worker};
use web::page::ui::{Choice, Crumb, Deadline, Event, Filter, FilterOption, Pages, Tone};
use web::problem::Problem;
use web::public::desk::{
    FormId, Mailbox, MailboxMessage, MailboxStatus, MessageInput, PublicDesk, Receipt, Reply,
    ReportInput, ReturnCode,
};
use web::public::places::{Municipality, Places};
use web::security_txt::SecurityTxt;
use web::shell::{Settings, Shell, site};
use web::texts::Say;
use web::theme::Theme;
use web::upload::Upload;

/// Reports in memory, by return code.
struct Memory {
    clock: Clock,
    kept: Mutex<BTreeMap<String, (FormId, Mailbox)>>,
}

impl Memory {
    fn receive(&self, report: &ReportInput) -> Receipt {
        let mut kept = self
            .kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = kept
            .iter()
            .find(|(_, (id, _))| *id == report.id)
            .map(|(code, (_, mailbox))| (code.clone(), mailbox.received_at));
        let (code, received_at) = known.unwrap_or_else(|| {
            let code = format!("47110815{:08}", kept.len() + 1);
            let received_at = self.clock.now();
            let mailbox = Mailbox {
                status: MailboxStatus::Reading,
                received_at,
                messages: Vec::new(),
                files: Vec::new(),
            };
            kept.insert(code.clone(), (report.id.clone(), mailbox));
            (code, received_at)
        });
        let grouped: Vec<&str> = (0..4).map(|at| &code[at * 4..at * 4 + 4]).collect();
        Receipt {
            code: grouped.join(" "),
            received_at,
            files: Vec::new(),
        }
    }
}

impl PublicDesk for Memory {
    fn submit(&self, report: ReportInput) -> Reply<'_, Receipt> {
        Box::pin(async move { Ok(self.receive(&report)) })
    }

    fn open(&self, code: ReturnCode) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            let kept = self
                .kept
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            Ok(kept.get(code.secret()).map(|(_, mailbox)| mailbox.clone()))
        })
    }

    fn write(&self, code: ReturnCode, _id: FormId, text: String) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            let mut kept = self
                .kept
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            Ok(kept.get_mut(code.secret()).map(|(_, mailbox)| {
                let at = self.clock.now();
                mailbox.messages.push(MailboxMessage {
                    yours: true,
                    at,
                    text,
                });
                let text = "Dank u. Wij lezen het vandaag.".to_owned();
                mailbox.messages.push(MailboxMessage {
                    yours: false,
                    at,
                    text,
                });
                mailbox.clone()
            }))
        })
    }

    /// An example keeps no files.
    fn submit_with(&self, report: ReportInput, files: Upload) -> Reply<'_, Receipt> {
        Box::pin(async move {
            files.read_on().await;
            self.submit(report).await
        })
    }

    fn write_with(&self, message: MessageInput, files: Upload) -> Reply<'_, Option<Mailbox>> {
        Box::pin(async move {
            files.read_on().await;
            let text = message.text.unwrap_or(message.silent);
            self.write(message.code, message.id, text).await
        })
    }
}

#[derive(Template)]
#[template(path = "examples/components.html")]
struct Components {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    pages: Pages,
    events: Vec<Event>,
    choices: Vec<Choice>,
    due: Deadline,
}

struct Row {
    number: &'static str,
    form: &'static str,
    region: &'static str,
    status: &'static str,
    tone: &'static str,
    deadline: Deadline,
}

fn frame(shell: &Shell, path: &str) -> WorkFrame {
    let worker = Worker {
        person: "Noor van Dalen".to_owned(),
        role: "Zorgcoördinator".to_owned(),
        organisation: "Zorgcoördinatie Haaglanden".to_owned(),
        token: "t".to_owned(),
    };
    let item = |label: &str, href: &str, count: Option<i64>| NavItem {
        label: label.to_owned(),
        href: href.to_owned(),
        current: false,
        count,
    };
    let nav = vec![
        item("Werklijst", "/work/components", Some(12)),
        item("Dossiers", "/work/cases", Some(1048)),
        item("Opvang", "/work/shelter", Some(3)),
        item("Nazorg", "/work/aftercare", None),
        item("Bevestigen", "/work/confirm", None),
    ];
    WorkFrame::new(shell, worker, nav, path)
}

fn faulty_form() -> Filled {
    let mut typed = Typed::default();
    for (name, value) in [
        ("contact", "Mw. De Wit"),
        ("age", "honderd"),
        ("form", "AU"),
        ("need", "lvb"),
    ] {
        typed.add(name, value);
    }
    let mut form = Form::of(typed);
    let contact = form.line("contact").required();
    let age = form.whole("age").within(0, 120);
    let reason = form.text("reason").required();
    let (kind, need) = (form.line("form").optional(), form.line("need").optional());
    form.finish(|| Ok((contact?, age?, reason?, kind?, need?)))
        .err()
        .unwrap_or_default()
}

fn filter(label: &str, options: &[(&str, i64)]) -> Filter {
    Filter {
        label: label.to_owned(),
        options: options
            .iter()
            .enumerate()
            .map(|(at, (label, count))| FilterOption {
                label: (*label).to_owned(),
                href: format!("/work/components?f={at}"),
                count: *count,
                current: at == 0,
            })
            .collect(),
    }
}

fn rows(today: Date) -> Vec<Row> {
    let row = |number, form, region, status, tone, days: i64| Row {
        number,
        form,
        region,
        status,
        tone,
        deadline: Deadline::new(today.checked_add(days.days()).unwrap_or(today), today),
    };
    vec![
        row(
            "M-2026-0412",
            "Arbeidsuitbuiting",
            "Haaglanden",
            "Nieuw",
            "info",
            -2,
        ),
        row(
            "M-2026-0409",
            "Seksuele uitbuiting",
            "Rotterdam-Rijnmond",
            "In behandeling",
            "neutral",
            0,
        ),
        row(
            "M-2026-0407",
            "Criminele uitbuiting",
            "Haaglanden",
            "Wacht op opvang",
            "warning",
            2,
        ),
        row(
            "M-2026-0398",
            "Onbekend",
            "Hollands-Midden",
            "Bedenktijd loopt",
            "ok",
            41,
        ),
    ]
}

fn events() -> Vec<Event> {
    let event = |when: &str, title: &str, who: &str, body: &str| Event {
        when: when.to_owned(),
        title: title.to_owned(),
        who: who.to_owned(),
        body: body.to_owned(),
    };
    vec![
        event(
            "22 november 2026, 09:10",
            "Melding aangenomen",
            "Noor van Dalen",
            "",
        ),
        event(
            "22 november 2026, 09:40",
            "Bedenktijd gestart",
            "Politie Eenheid Den Haag",
            "Loopt tot 22 februari 2027.",
        ),
        event(
            "23 november 2026, 14:03",
            "Opvang gevraagd",
            "Noor van Dalen",
            "Eén volwassene en één kind, Pools.",
        ),
    ]
}

async fn components(
    State(shell): State<Arc<Shell>>,
    WorkLang(lang): WorkLang,
) -> Result<Response, Problem> {
    page::html(&Components {
        t: shell.say(lang),
        frame: frame(&shell, "/work/components").tell(
            Tone::Ok,
            "De melding is doorgezet naar de Arbeidsinspectie.",
        ),
        f: faulty_form(),
        crumbs: vec![
            Crumb::new("Werklijst", "/work"),
            Crumb::new("Dossiers", "/work/cases"),
        ],
        filters: vec![
            filter(
                "Status",
                &[
                    ("Alle", 1048),
                    ("Nieuw", 12),
                    ("Wacht op opvang", 3),
                    ("Afgesloten", 871),
                ],
            ),
            filter("Termijn", &[("Alle", 1048), ("Te laat", 2), ("Vandaag", 5)]),
        ],
        rows: rows(shell.clock.today()),
        pages: Pages::new(4, 21, "/work/components?page="),
        events: events(),
        due: Deadline::new(shell.clock.today(), shell.clock.today()),
        choices: vec![
            Choice::new("SU", "Seksuele uitbuiting"),
            Choice::new("AU", "Arbeidsuitbuiting"),
            Choice::new("ON", "Onbekend").hint("Kan later worden aangevuld."),
        ],
    })
}

async fn confirm(
    State(shell): State<Arc<Shell>>,
    WorkLang(lang): WorkLang,
) -> Result<Response, Problem> {
    page::html(&ConfirmPage {
        t: shell.say(lang),
        frame: frame(&shell, "/work/confirm"),
        crumbs: vec![Crumb::new("Dossiers", "/work/cases")],
        title: "Het aanbod weigeren?".to_owned(),
        consequences: vec![
            "De plek komt weer vrij voor een ander.".to_owned(),
            "De reden komt in het dossier te staan.".to_owned(),
        ],
        action: "/work/confirm".to_owned(),
        button: "Weiger het aanbod".to_owned(),
        danger: true,
        cancel: "/work/components".to_owned(),
        hidden: vec![("version", "3".to_owned())],
    })
}

async fn stumble() -> Response {
    let nothing: Vec<Response> = Vec::new();
    let mut nothing = nothing;
    nothing.swap_remove(0)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clock = Clock::system();
    let theme = Theme::load(
        std::env::var_os("THEME_CSS")
            .as_deref()
            .map(std::path::Path::new),
    )?;
    let settings = Settings {
        demo: std::env::var_os("NO_DEMO").is_none(),
        tls: false,
        leave_to: std::env::var("LEAVE_TO").unwrap_or_else(|_| Settings::default().leave_to),
        host_name: "Stichting Voorbeeld".to_owned(),
        host_contact: "privacy@voorbeeld.example".to_owned(),
        security_txt: Some(SecurityTxt {
            contacts: vec!["mailto:security@voorbeeld.example".to_owned()],
            expires: clock
                .now()
                .checked_add(4320.hours())
                .unwrap_or(Timestamp::UNIX_EPOCH),
            policy: None,
        }),
        ..Settings::default()
    };
    let shell = Shell::new(settings, theme, clock.clone(), Chance::system())?;
    let desk: Arc<dyn PublicDesk> = Arc::new(Memory {
        clock,
        kept: Mutex::default(),
    });
    let names = [
        ("GM0363", "Amsterdam"),
        ("GM0599", "Rotterdam"),
        ("GM0518", "'s-Gravenhage"),
        ("GM0344", "Utrecht"),
        ("GM0373", "Bergen (NH)"),
        ("GM0893", "Bergen (L)"),
        ("GM0748", "Bergen op Zoom"),
        ("GM1783", "Westland"),
    ];
    let places = Places::new(names.map(|(code, name)| Municipality {
        code: code.to_owned(),
        name: name.to_owned(),
    }));
    let work = Router::new()
        .route("/work/components", get(components))
        .route("/work/confirm", get(confirm))
        .route("/work/stumble", get(stumble))
        .with_state(shell.clone());
    let app = site(
        &shell,
        web::public::routes(&shell, &desk, &places).merge(work),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
    eprintln!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
