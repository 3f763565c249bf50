//! Cases in IOM's templates.

use exchange::htcds::{HtcdsCase, Picked, read_cases};
use exchange::{Codes, FileError, Import, Limits, write_refused_csv};
use jiff::civil::date;

use crate::templates::{TEMPLATES, csv, header, row, xlsx};

fn read(bytes: &[u8]) -> Import<HtcdsCase> {
    read_cases(
        "cases",
        bytes,
        &Codes::common(),
        date(2026, 11, 21),
        &Limits::default(),
    )
    .expect("readable")
}

fn names(picked: &[Picked]) -> Vec<&'static str> {
    picked.iter().map(|p| p.name()).collect()
}

/// An invented person, as somebody writes who reads the labels.
const FILLED: &[(&str, &str)] = &[
    ("Case Owner", "A. de Boer"),
    ("First Name", "Zofia"),
    ("Second Name", "Wiśniewska"),
    ("Consent", "Yes"),
    ("Birthdate", "1998-03-09"),
    ("Gender", "Feminine"),
    ("Citizenship", "Poland"),
    ("Trafficking Status", "Possible victim of trafficking"),
    (
        "Trafficking Status Decision Making Organization",
        "Non-police governmental organization",
    ),
    ("Method of Recruitment", "Through an online advertisement"),
    ("Methods of Control", "Debt bondage"),
    ("Type of Exploitation", "Forced labour"),
    (
        "Forced Labour Industry",
        "Wholesale and retail trade; repair of motor vehicles and motorcycles",
    ),
    ("Status", "Follow up"),
    ("Incoming Referral Date", "12-10-2026"),
    (
        "Reason for Outgoing Referral",
        "Migration Or Change Of Location",
    ),
];

fn check_filled(import: &Import<HtcdsCase>) {
    assert_eq!(import.refused, []);
    assert_eq!(import.accepted.len(), 1);
    let case = &import.accepted[0].value;
    assert_eq!(import.accepted[0].line, 3);
    assert_eq!(case.second_name.as_deref(), Some("Wiśniewska"));
    assert_eq!(case.consent, Some(true));
    assert_eq!(case.birthdate, Some(date(1998, 3, 9)));
    assert_eq!(case.citizenship, ["PL"]);
    assert_eq!(
        case.status_by.map(Picked::name),
        Some("NonPoliceGovernmentalOrganization")
    );
    assert_eq!(
        names(&case.industry),
        ["G_WholesaleAndRetailTradeRepairOfMotorVehicles"]
    );
    assert_eq!(case.forms, ["AU"]);
    assert_eq!(case.case_status.map(Picked::name), Some("FollowUp"));
    assert_eq!(case.incoming.date, Some(date(2026, 10, 12)));
    // The template's column AJ has a label and no name.
    assert_eq!(
        case.outgoing.reason.map(Picked::name),
        Some("MigrationOrChangeOfLocation")
    );
}

#[test]
fn both_templates_are_read_as_spreadsheet_and_as_csv() {
    for file in TEMPLATES {
        let Some(header) = header(file) else { return };
        let rows = [row(&header, FILLED)];
        check_filled(&read(&xlsx(&header, &rows)));
        check_filled(&read(&csv(&header, &rows, b',')));
        check_filled(&read(&csv(&header, &rows, b';')));
    }
}

#[test]
fn the_unfilled_templates_give_nothing_and_refuse_nothing() {
    for file in TEMPLATES {
        let Some(header) = header(file) else { return };
        let import = read(&xlsx(&header, &[]));
        assert_eq!((import.accepted.len(), import.refused.len()), (0, 0));
    }
}

#[test]
fn addresses_follow_the_heading_that_the_countries_follow() {
    let Some(header) = header(TEMPLATES[0]) else {
        return;
    };
    let filled = |column: &str| {
        let (n, o, q, r) = (
            "prs_MailingCity",
            "prs_MailingCountry",
            "prs_MailingStreet",
            "prs_MailingPostalCode",
        );
        match column {
            "names" => row(
                &header,
                &[
                    ("First Name", "Ana"),
                    (n, "Utrecht"),
                    (o, "NL"),
                    (q, "Dorpsweg 1"),
                    (r, "3500 AA"),
                ],
            ),
            _ => row(
                &header,
                &[
                    ("First Name", "Ana"),
                    (n, "Dorpsweg 1"),
                    (o, "Utrecht"),
                    (q, "3500 AA"),
                    (r, "Netherlands"),
                ],
            ),
        }
    };
    for followed in ["names", "labels"] {
        let import = read(&xlsx(&header, &[filled(followed)]));
        let mailing = &import.accepted[0].value.mailing;
        assert_eq!(mailing.street.as_deref(), Some("Dorpsweg 1"));
        assert_eq!(mailing.city.as_deref(), Some("Utrecht"));
        assert_eq!(mailing.postal_code.as_deref(), Some("3500 AA"));
        assert_eq!(mailing.country.as_deref(), Some("NL"));
        assert!(
            import
                .notes
                .iter()
                .any(|note| note.text.contains(&format!("follow the {followed}"))),
            "{:?}",
            import.notes
        );
    }
    let undecided = read(&xlsx(
        &header,
        &[row(
            &header,
            &[("First Name", "Ana"), ("prs_MailingCity", "Ede")],
        )],
    ));
    assert_eq!(undecided.accepted.len(), 0);
    let refused = &undecided.refused[0];
    assert_eq!(
        (refused.column.as_str(), refused.field.as_str()),
        ("N", "prs_MailingCity")
    );
    assert_eq!(refused.value, "(3 characters, not shown)");
    let mixed = read(&xlsx(&header, &[filled("names"), filled("labels")]));
    assert_eq!(mixed.refused_rows(), 2);
}

const HEAD: &str = "prs_FirstName,prs_Birthdate,vic_TraffickingStatus,vic_TypeOfExploitation,vic_MethodsOfControl,cas_Status";

fn one(line: &str) -> Import<HtcdsCase> {
    read(format!("{HEAD}\n{line}\n").as_bytes())
}

#[test]
fn many_values_in_a_cell_in_every_way_that_programs_write_them() {
    for cell in [
        "ForcedLabour SexualExploitation",
        "ForcedLabour;SexualExploitation",
        "\"Forced labour, Sexual exploitation\"",
        "\"Forced labour\nSexual exploitation\"",
        "Forced labour|Sexual exploitation;Forced labour",
    ] {
        let import = one(&format!("Ana,,,{cell},,"));
        assert_eq!(import.refused, [], "{cell}");
        assert_eq!(
            names(&import.accepted[0].value.exploitation),
            ["ForcedLabour", "SexualExploitation"],
            "{cell}"
        );
        assert_eq!(import.accepted[0].value.forms, ["AU", "SU"]);
    }
    let industries = read(
        b"prs_FirstName,vic_TraffickingStatus,vic_ForcedLabourIndustry\nAna,,\"Construction; Water supply; sewerage, waste management and remediation;P_Education\"\n",
    );
    assert_eq!(
        names(&industries.accepted[0].value.industry),
        [
            "F_Construction",
            "E_WaterSupplySewerageWasteManagement",
            "P_Education"
        ]
    );
}

#[test]
fn every_exploitation_value_has_a_form_and_other_says_why_it_is_unknown() {
    let all = "ForcedLabour;SexualExploitation;ChildLabour;ForcedMarriage;Servitude;OrganRemoval;ForcedBegging;ForcedAdoption;Surrogacy";
    assert_eq!(
        one(&format!("Ana,,,{all},,")).accepted[0].value.forms,
        ["AU", "SU", "GH", "DI", "OR", "BE", "IA", "DM"]
    );
    let other = one("Ana,,,Other,,");
    assert_eq!(other.accepted[0].value.forms, ["ON"]);
    assert!(
        other
            .notes
            .iter()
            .any(|note| note.text.contains("forced criminality"))
    );
    let own = read(b"prs_FirstName,vic_TraffickingStatus,vic_TypeOfExploitation,x_form\nAna,,Other,CU\nBea,,Other,XX\n");
    assert_eq!(own.accepted[0].value.forms, ["CU"]);
    assert_eq!(own.refused[0].field, "x_form");
}

#[test]
fn refused_rows_say_where_what_and_what_was_expected() {
    let import =
        one("Ana,31-02-2001,Maybe,Forced labor,,\nBea,2031-01-01,,,,\nCas,03/04/2001,,,,Open");
    let found: Vec<_> = import
        .refused
        .iter()
        .map(|r| {
            (
                r.line,
                r.column.as_str(),
                r.field.as_str(),
                r.value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (2, "4", "vic_TypeOfExploitation", "Forced labor"),
            (2, "2", "prs_Birthdate", "31-02-2001"),
            (2, "3", "vic_TraffickingStatus", "Maybe"),
            (3, "2", "prs_Birthdate", "2031-01-01"),
            (4, "2", "prs_Birthdate", "03/04/2001"),
            (4, "6", "cas_Status", "Open"),
        ]
    );
    assert_eq!(
        import.refused[1].expected,
        "a date, as 2026-11-21 or 21-11-2026"
    );
    assert_eq!(import.refused_rows(), 3);
}

#[test]
fn contradictory_days_are_refused() {
    let import = read(b"prs_FirstName,prs_Birthdate,cas_IncomingReferralDate,cas_OutgoingReferralDate\nAna,2001-05-05,2026-05-05,2026-05-04\nBea,2001-05-05,2000-01-01,\n");
    let fields: Vec<_> = import
        .refused
        .iter()
        .map(|r| (r.line, r.field.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            (2, "cas_OutgoingReferralDate"),
            (3, "cas_IncomingReferralDate")
        ]
    );
}

#[test]
fn survey_names_and_labels_alone_are_headers_too() {
    let survey = read(b"prs_First_Name,vic_Methods_of_Control,vic_TypeOfExploitation\nAna,DebtBondage ,ForcedBegging\n");
    assert_eq!(names(&survey.accepted[0].value.control), ["DebtBondage"]);
    let labels = read("First Name;Type of Exploitation;Citizenship;Wat anders\nAna;Surrogacy;Côte d'Ivoire;iets\n".as_bytes());
    assert_eq!(labels.accepted[0].value.citizenship, ["CI"]);
    assert!(
        labels
            .notes
            .iter()
            .any(|note| note.text.contains("`Wat anders`")),
        "{:?}",
        labels.notes
    );
}

#[test]
fn fields_outside_the_templates_are_kept() {
    let import = read(
        b"prs_FirstName,vic_TraffickingStatus,cas_Status,prs_NumberOfChildren\nAna,,Active,2\n",
    );
    assert_eq!(
        import.accepted[0]
            .value
            .other
            .get("prs_NumberOfChildren")
            .map(String::as_str),
        Some("2")
    );
}

#[test]
fn a_file_that_is_something_else_is_refused_whole() {
    let read = |bytes: &[u8]| {
        read_cases(
            "f",
            bytes,
            &Codes::common(),
            date(2026, 11, 21),
            &Limits::default(),
        )
        .unwrap_err()
    };
    assert_eq!(read(b""), FileError::Empty);
    assert_eq!(read(b" \n\n"), FileError::Empty);
    assert!(matches!(
        read(b"naam,stad\nAna,Ede\n"),
        FileError::NoHeader { .. }
    ));
    assert!(matches!(read(b"%PDF-1.7"), FileError::UnknownFormat { .. }));
    assert!(matches!(
        read(b"\xd0\xcf\x11\xe0\xa1\xb1"),
        FileError::UnknownFormat { .. }
    ));
    let twice = read(b"prs_FirstName,prs_Gender,PRS_FIRSTNAME,cas_Status\n");
    assert_eq!(
        twice.to_string(),
        "column `prs_FirstName` appears twice, in columns 1 and 3; keep one"
    );
}

#[test]
fn the_list_of_refused_rows_opens_without_danger() {
    let import = one("Ana,,\"=HYPERLINK(\"\"http://x\"\")\",,,\u{202e}+1");
    let mut out = vec![];
    write_refused_csv(&mut out, &import.refused).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let values: Vec<String> = reader.records().map(|r| r.unwrap()[4].to_owned()).collect();
    assert_eq!(values, ["'=HYPERLINK(\"http://x\")", "\u{fffd}+1"]);
}

#[test]
fn a_case_never_shows_itself_in_a_debug_message() {
    let import = one("Zofia,,,,,");
    assert!(!format!("{import:?}").contains("Zofia"));
}
