# Een kamer per dag.

rooms-days = Dagen
rooms-earlier = Eerdere dagen
rooms-later = Latere dagen
rooms-day-short = { $weekday } { $day }-{ $month }
rooms-weekday = { $n ->
    [1] ma
    [2] di
    [3] wo
    [4] do
    [5] vr
    [6] za
   *[7] zo
}
rooms-weekday-long = { $n ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}
rooms-n-places = { $n ->
    [one] 1 plek
   *[other] { $n } plekken
}
rooms-cell-free = { $n } vrij
rooms-cell-taken = { $n } bezet
rooms-cell-held = { $n } vast
rooms-cell-leaving = { $n } vertrekt
rooms-cell-overdue = { $n } te laat
rooms-cell-out = { $n } dicht
rooms-cell-short = { $n } te veel
rooms-closed = Buiten gebruik
rooms-others = In gebruik door anderen
rooms-others-hint = Mensen die niet via Samen zijn geplaatst. Alleen het aantal plekken.
rooms-leaving = Vertrekt op deze dag
rooms-overdue = Had al weg zullen zijn
rooms-said = Opgegeven door
rooms-said-never = Nog niet opgegeven
rooms-said-somebody = uw organisatie
rooms-said-file = uit een bestand
rooms-said-program = door uw eigen systeem
rooms-said-feed = uit een capaciteitsbericht
rooms-stale = Verouderd
rooms-still = Klopt dit nog?
rooms-still-yes = Ja, dit klopt nog
rooms-still-hint = U bevestigt alle kamers van deze locatie. Klopt er iets niet? Kies dan de kamer en de dag.
rooms-stays = Wie hier verblijft
rooms-leaves = Vertrekt naar verwachting op
rooms-leaves-unknown = nog niet bekend
rooms-leaves-title = Wanneer vertrekt deze cliënt?
rooms-leaves-lead = De plek komt pas vrij als het vertrek is vastgelegd. Laat de dag leeg als u het nog niet weet.
rooms-out-places = Hoeveel plekken
rooms-out-places-hint = Laat leeg voor een opnamestop: wat vrij is of vrijkomt, wordt niet gebruikt.
rooms-out-until-hint = Laat leeg als u het nog niet weet.
rooms-out-from = vanaf { $day }
rooms-out-all = Opnamestop
rooms-out-n = { $n ->
    [one] 1 plek buiten gebruik
   *[other] { $n } plekken buiten gebruik
}
rooms-out-nothing = Weer in gebruik
rooms-short-title = Dit past niet
rooms-short = Er is { $n } plek te veel beloofd: die zou buiten gebruik zijn terwijl er iemand is. Verzet de dagen of kies minder plekken.
rooms-history = Wat over deze kamer is opgegeven
rooms-history-lead = Het nieuwste staat boven. Voor een dag telt wat het laatst over die dag is opgegeven.
rooms-history-days = Dagen
rooms-history-what = Wat
rooms-history-said = Opgegeven op
rooms-foreign = Nummer in uw eigen systeem
rooms-foreign-hint = Zo herkent Samen de kamer in een capaciteitsbericht (HSDS service_id). Geen adres.
rooms-error-in-the-way = Er kunnen hoogstens { $most } plekken buiten gebruik. { $taken } zijn bezet en { $held } worden vastgehouden.
rooms-error-others = Anderen kunnen hoogstens { $most } plekken gebruiken. { $taken } zijn bezet en { $held } worden vastgehouden.
rooms-error-past = Kies een dag die nog niet voorbij is.
rooms-error-no-places = Vul ten minste 1 plek in, of laat het veld leeg.
rooms-error-more = Zo veel plekken heeft deze kamer niet.
rooms-error-nothing-out = Op deze dag is niets buiten gebruik.
rooms-done-confirmed = Bevestigd: dit klopt nog.
rooms-done-others = Opgeslagen hoeveel plekken anderen gebruiken.
rooms-done-stay = De verwachte vertrekdag is opgeslagen.

# Kamers als bestand.

rooms-file-title = Kamers met een bestand bijwerken
rooms-file-lead = Haal het bestand op, pas het aan en stuur het terug. U ziet eerst wat er verandert. Wat u leeg laat, blijft zoals het is.
rooms-file-xlsx = Uw kamers als rekenblad (XLSX)
rooms-file-csv = Uw kamers als CSV
rooms-file-choose = Kies het bestand
rooms-file-hint = CSV of XLSX, ten hoogste 1 MB en 250 kamers.
rooms-file-look = Bekijk wat er verandert
rooms-file-preview = Dit verandert er
rooms-file-done = Het bestand is verwerkt
rooms-file-no-change = Geen enkele kamer verandert.
rooms-file-changes = Veranderingen
rooms-file-line = Regel
rooms-file-column = Kolom
rooms-file-value = Gelezen
rooms-file-why = Waarom niet
rooms-file-take = Verwerken
rooms-file-refused = Niet overgenomen
rooms-file-refused-lead = Deze regels zijn niet goed. De andere regels wel.
rooms-file-give-back = Download de regels die niet goed zijn
rooms-file-other = Een ander bestand
rooms-file-many = Het bestand is leeg of heeft te veel regels.
rooms-file-unreadable = Dit bestand is niet te lezen. Gebruik CSV of XLSX met de kolommen van het bestand dat u hier kunt ophalen.
rooms-file-why-room = Noem de kamer: het nummer, of de locatie en de naam.
rooms-file-why-places = Een getal van 1 tot en met 200.
rooms-file-why-number = Een getal van 0 tot en met 200.
rooms-file-why-day = Een dag die nog niet voorbij is; de laatste dag ligt niet voor de eerste.
rooms-file-why-reason = Een reden uit de lijst, met uitleg waar dat moet.
rooms-file-why-row = Deze regel is niet te lezen.
rooms-file-why-unknown = U heeft geen kamer met dit nummer of deze naam.
rooms-file-why-ambiguous = Meer kamers heten zo. Gebruik het nummer.
rooms-file-why-double = Deze kamer staat al eerder in het bestand.
rooms-file-why-changed = Iemand heeft intussen iets anders opgegeven. Bekijk het opnieuw.
rooms-file-why-in-the-way = Zo veel plekken kan niet: er zijn mensen, of er worden plekken vastgehouden.
rooms-file-why-too-free = Meer dan er over is naast wat bezet, vastgehouden of buiten gebruik is.
rooms-file-same = { $n ->
    [one] 1 kamer blijft gelijk en wordt bevestigd.
   *[other] { $n } kamers blijven gelijk en worden bevestigd.
}

# De koppeling voor programma's.

rooms-api-changed-title = Intussen veranderd
rooms-api-changed-reason = Over deze kamer is intussen iets anders opgegeven.
rooms-api-changed-advice = Haal de kamer opnieuw op en gebruik de nieuwe ETag in If-Match.
rooms-api-needed-title = If-Match ontbreekt
rooms-api-needed-reason = Zonder If-Match is niet te zien op welke gegevens u zich baseert.
rooms-api-needed-advice = Haal de kamer op en stuur haar ETag mee in If-Match.

rooms-today = Vandaag
rooms-run = { $from } t/m { $until }
rooms-same-until = Blijft zo t/m { $day }
rooms-different-from = Anders vanaf { $day }
