//! The open figures on the whole site: without signing in, in two languages, as pages and as files.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

use crate::real::Real;

#[tokio::test(flavor = "multi_thread")]
async fn anybody_reads_the_figures_with_definition_source_picture_and_table() {
    let real = Real::new().await;
    for (path, title, not_yet) in [
        ("/figures", "Open cijfers", "Nog niet gepubliceerd"),
        ("/en/figures", "Open figures", "Not published yet"),
    ] {
        let page = real.site.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(title), "{path}");
        assert!(!page.body.contains("<script"), "{path}");
        let page = real.site.get(&format!("{path}/comensha_reports")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.body.contains("role=\"img\"") && page.body.contains("<desc"),
            "{path}"
        );
        assert!(page.body.contains("publicaties.comensha.nl"), "{path}");
        assert!(!page.body.contains(" style="), "{path}");
        let page = real.site.get(&format!("{path}/first_answer")).await;
        assert!(page.body.contains(not_yet), "{path}");
        assert!(!page.body.contains("<svg xmlns"), "no number, no picture");
        let page = real.site.get(&format!("{path}/hidden_number")).await;
        assert!(page.body.contains("2018–2019"), "{path}");
        let bounds = match path.starts_with("/en") {
            true => "5,000 (4,000 to 7,000)",
            false => "5.000 (4.000 tot 7.000)",
        };
        assert!(
            page.body.contains(bounds),
            "an estimate never stands alone: {path}"
        );
    }
    assert_eq!(
        real.site.get("/figures/no_such").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_say_the_same_as_the_page() {
    let real = Real::new().await;
    let kind = |answer: &crate::Answer| answer.headers[CONTENT_TYPE].to_str().unwrap().to_owned();
    let csv = real.site.get("/figures/comensha_reports/data.csv").await;
    assert_eq!(kind(&csv), "text/csv; charset=utf-8; header=present");
    assert!(
        csv.body
            .starts_with("measure,definition_version,period,value,status,unit,")
    );
    assert!(
        csv.body
            .contains("\"2019\",1372,\"shown\",\"aanmeldingen\",\"CoMensha\"")
    );
    assert!(csv.body.contains("\"2024\",1062,\"computed\""));
    let json = real.site.get("/figures/comensha_reports/data.json").await;
    let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(
        json["rows"].as_array().unwrap().len(),
        csv.body.lines().count() - 1
    );
    assert_eq!(json["unit"]["en"], "reports");
    let estimated = real.site.get("/figures/hidden_number/data.csv").await;
    assert!(
        estimated.body.contains("\"2018–2019\",5000,\"estimated\",")
            && estimated.body.contains(",4000,7000"),
        "{}",
        estimated.body
    );
    let none = real.site.get("/figures/first_answer/data.csv").await;
    assert_eq!(
        none.status,
        StatusCode::NOT_FOUND,
        "what nobody measured is no data set"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_and_the_feed_can_be_harvested() {
    let real = Real::new().await;
    let catalog = real.site.get("/figures/catalog.jsonld").await;
    let catalog: serde_json::Value = serde_json::from_str(&catalog.body).unwrap();
    assert_eq!(catalog["@type"], "dcat:Catalog");
    let sets = catalog["dcat:dataset"].as_array().unwrap();
    assert!(sets.len() >= 5);
    for set in sets {
        for needed in [
            "dct:title",
            "dct:description",
            "dct:identifier",
            "dct:publisher",
            "dcat:contactPoint",
            "dct:accessRights",
            "dcat:theme",
        ] {
            assert!(set.get(needed).is_some(), "{needed} of {}", set["@id"]);
        }
        for file in set["dcat:distribution"].as_array().unwrap() {
            let address = file["dcat:accessURL"]["@id"].as_str().unwrap();
            assert_eq!(
                real.site.get(address).await.status,
                StatusCode::OK,
                "{address}"
            );
        }
    }
    let turtle = real.site.get("/figures/catalog.ttl").await;
    assert!(
        turtle.body.contains("</figures#catalog> a dcat:Catalog"),
        "{}",
        turtle.body
    );
    assert_eq!(turtle.body.matches(" a dcat:Dataset").count(), sets.len());
    let feed = real.site.get("/figures/editions.atom").await;
    assert!(feed.body.starts_with("<?xml") && feed.body.contains("http://www.w3.org/2005/Atom"));
    assert!(!feed.body.contains("<entry>"), "nothing was sent yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_named_a_publisher_leads_on_for_good_and_stands_nowhere_any_more() {
    let real = Real::new().await;
    for (old, now) in [
        ("/figures/rapporteur_victims", "/figures/victims_by_year"),
        (
            "/en/figures/rapporteur_minors",
            "/en/figures/minor_victims_by_year",
        ),
        (
            "/figures/rapporteur_victims/data.csv",
            "/figures/victims_by_year/data.csv",
        ),
        (
            "/figures/rapporteur_victims/data.json",
            "/figures/victims_by_year/data.json",
        ),
    ] {
        let moved = real.site.get(old).await;
        assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT, "{old}");
        assert_eq!(moved.header("location"), now);
        assert_eq!(real.site.get(now).await.status, StatusCode::OK, "{now}");
    }
    for path in [
        "/figures",
        "/en/figures",
        "/figures/catalog.jsonld",
        "/figures/catalog.ttl",
        "/figures/editions.atom",
        "/figures/victims_by_year/data.csv",
        "/figures/victims_by_year/data.json",
    ] {
        let body = real.site.get(path).await.body;
        assert!(!body.contains("rapporteur_"), "{path}");
        if !path.ends_with("atom") {
            assert!(body.contains("victims_by_year"), "{path}");
        }
    }
    let page = real.site.get("/figures/victims_by_year").await.body;
    assert!(page.contains("868") && page.contains("1.334"));
}
