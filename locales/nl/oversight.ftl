# Toezicht op wie wat inziet: voor de toezichthouder op het logboek. Feiten en redenen, nooit een oordeel over een collega.

oversight-lead = Hier ziet u wie een zaak heeft ingezien en waarom dat klopte. U ziet nooit wat er in een dossier staat. Wat u hier opvraagt, komt zelf ook in het logboek.
oversight-who = Wie heeft dit ingezien?
oversight-who-lead = U zoekt in één deel tegelijk. Alles wat bij dezelfde zaak hoort, telt mee.
oversight-record = Kenmerk van de zaak
oversight-record-hint = Van een melding, intake of casus, of van iets dat erbij hoort. U vindt het in het logboek.
oversight-actor = Alleen van deze persoon
oversight-only-unexplained = Toon alleen wat niet te verklaren is
oversight-show = Zoek
oversight-matter = Zaak { $reference }
oversight-nobody = Niemand heeft dit ingezien
oversight-nobody-advice = Kijk of het deel, het kenmerk en de periode kloppen.
oversight-unexplained = { $n ->
    [one] 1 inzage is niet te verklaren
   *[other] { $n } inzages zijn niet te verklaren
}
oversight-unexplained-advice = Er is geen band gevonden tussen deze persoon en deze zaak. Dat hoeft niet fout te zijn. Vraag het na.
oversight-all-explained = Elke inzage is te verklaren
oversight-records = Gegevens in deze zaak
oversight-accesses = Inzages en wijzigingen
oversight-cut-off = Dit zijn alleen de nieuwste regels. De oudste zijn niet meegeteld.
oversight-none-listed = Er is niets dat niet te verklaren is.
oversight-looks-caption = Inzages en wijzigingen, nieuwste eerst
oversight-what = Wat
oversight-explained-by = Verklaring
oversight-more = { $n ->
    [one] En nog 1 regel. Kies een kortere periode.
   *[other] En nog { $n } regels. Kies een kortere periode.
}

oversight-relation-herself = De persoon zelf of de melder
oversight-relation-program = Samen zelf
oversight-relation-assigned = Heeft de zaak in behandeling
oversight-relation-worked = Werkte kort ervoor of erna aan de zaak
oversight-relation-placed = Vangt de persoon op
oversight-relation-received = De zaak wachtte op antwoord van deze organisatie
oversight-relation-organisation = Werkt bij de organisatie die de zaak heeft
oversight-relation-desk = De zaak stond op de werklijst van deze functie
oversight-relation-none = Geen verklaring gevonden

oversight-findings = Bevindingen
oversight-findings-lead = Het systeem zoekt in het logboek naar inzages waar een mens naar moet kijken. Het geeft een reden en de regels erachter. U beoordeelt. Bevindingen over collega’s van uw eigen organisatie ziet u niet.
oversight-empty = Er zijn geen bevindingen
oversight-empty-advice = Nieuwe bevindingen komen hier vanzelf.
oversight-caption = Bevindingen, nieuwste eerst
oversight-reason = Reden
oversight-found = Gevonden op
oversight-entries = Regels
oversight-state = Stand
oversight-state-all = Alle
oversight-state-open = Te beoordelen
oversight-state-explained = Verklaard
oversight-state-follow-up = Vraagt opvolging

oversight-why-night = ’s Nachts gelezen
oversight-why-crawl = Zaken gelezen zonder eraan te werken
oversight-why-search = Vaak gezocht en niets geopend
oversight-why-follows = Gekeken naar iemand die naar een ander deel ging
oversight-why-relation = Zaak van een bekende ingezien
oversight-why-decoy = Lokzaak geopend
oversight-because-night = { $matters ->
    [one] 1 zaak
   *[other] { $matters } zaken
} gelezen in { $spans ->
    [one] 1 nacht
   *[other] { $spans } nachten
}, zonder er die nacht aan te werken. Deze persoon werkt meestal overdag.
oversight-because-crawl = { $matters } verschillende zaken gelezen in { $spans ->
    [one] 1 dag
   *[other] { $spans } weken
}, zonder aan een ervan te werken.
oversight-because-search = { $entries } keer gezocht in een maand, zonder daarna iets te openen.
oversight-because-follows = Deze persoon kende de zaak in een ander deel. Na de overdracht keek deze persoon verder, zonder er zelf aan te werken.
oversight-because-relation = Er is vastgelegd dat deze persoon iemand in deze zaak kent. Daarna is de zaak { $entries ->
    [one] 1 keer
   *[other] { $entries } keer
} ingezien.
oversight-because-decoy = Deze zaak is van niemand. Er is geen reden om haar te openen.

oversight-finding = Bevinding { $reference }
oversight-no-verdict = Dit is geen oordeel. Er kan een goede reden zijn. Vraag ernaar voordat u beslist.
oversight-first = Eerste regel
oversight-last = Laatste regel
oversight-behind = Regels achter deze bevinding
oversight-behind-lead = Elke regel opent in het logboek van haar eigen deel. Welke zaken het zijn, staat alleen daar.
oversight-entry = Logboek
oversight-decided = Beslist
oversight-decide = Uw beoordeling
oversight-verdict = Wat is uw oordeel?
oversight-why-decided = Waarom?
oversight-why-decided-hint = Noem wat u hebt nagevraagd. Zet hier niets over een slachtoffer of melder.
oversight-decide-button = Leg vast
oversight-done-decided = Uw beoordeling is vastgelegd.

oversight-marks = Lokzaken en bekenden
oversight-marks-lead = Een lokzaak is een zaak van niemand. Wie haar opent, heeft daar geen reden voor. Bij een bekende legt u vast dat een medewerker iemand in een zaak kent.
oversight-marks-link = Bekijk lokzaken en bekenden
oversight-marks-empty = Er is nog niets vastgelegd
oversight-marks-empty-advice = Leg hieronder een lokzaak of een bekende vast.
oversight-marks-caption = Lokzaken en bekenden die gelden
oversight-mark-what = Wat wilt u vastleggen?
oversight-mark-decoy = Lokzaak
oversight-mark-decoy-hint = De zaak is verzonnen, in overleg met de organisatie die haar heeft gemaakt.
oversight-mark-relation = Bekende
oversight-mark-relation-hint = Een medewerker kent iemand in deze zaak, zoals familie of een buur.
oversight-mark-user = Kenmerk van het account
oversight-mark-user-hint = Alleen bij een bekende. U vindt het in het logboek.
oversight-mark-account = Account { $reference }
oversight-mark-why = Waarom
oversight-mark-why-hint = Noem geen naam.
oversight-mark-new = Leg een lokzaak of bekende vast
oversight-mark-button = Leg vast
oversight-mark-end = Stoppen
oversight-mark-end-button = Stop
oversight-mark-unknown = Dit bestaat niet in dit deel. Kijk het kenmerk na.
oversight-done-marked = Vastgelegd.
oversight-done-ended = Dit geldt niet meer.
oversight-relation-team = Stond in het team van de zaak
oversight-relation-break-glass = Had noodinzage in de zaak
oversight-relation-on-duty = Had piket voor de organisatie die de zaak heeft
