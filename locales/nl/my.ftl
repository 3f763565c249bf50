# De eigen pagina van de persoon, met een eigen code.

my-title = Hoe staat het met mij
my-lead = Hebt u een code gekregen van uw hulpverlener? Vul hem hier in. U ziet dan wat er bekend is en wie uw gegevens heeft.
my-code = Uw code
my-code-hint = 16 cijfers. Spaties mogen.
my-code-missing = Vul uw code in.
my-code-unknown = Deze code kennen wij niet. Controleer de cijfers.
my-open = Laat zien
my-lost-title = Ik ben mijn code kwijt
my-lost = Vraag uw hulpverlener om een nieuwe code. De oude werkt dan niet meer.
my-state-waiting = Er is een melding binnen. Een hulpverlener kijkt ernaar.
my-state-sent-back = De melding is teruggegaan naar het meldpunt.
my-state-intake = U hebt een hulpverlener. Samen kijkt u wat nodig is.
my-state-shelter = Er is nu noodopvang voor u.
my-state-reflection = U hebt bedenktijd. U hoeft nu niets te beslissen.
my-state-stabilising = U komt tot rust. De hulp gaat door.
my-state-treatment = U bent in behandeling.
my-state-moving-on = U gaat verder, naar een eigen plek.
my-state-aftercare = U hebt nazorg.
my-state-closed = De hulp is afgesloten. U kunt altijd terugkomen.
my-known = Wat er bekend is
my-reflection = Bedenktijd
my-reflection-none = Niet bekend. Alleen politie, marechaussee of Arbeidsinspectie kan die geven. Hulp krijgt u ook zonder.
my-no-removal-until = U mag blijven tot en met { $date }.
my-placement = Veilige plek
my-opinion = Deskundigenbericht
my-registered = Landelijke cijfers
my-registered-not = U telt nog niet mee.
my-registered-count = U telt mee zonder naam en zonder gegevens.
my-registered-yes = U telt mee met enkele gegevens, zonder naam. U gaf daar toestemming voor.
my-next-moment = Wij nemen contact op
my-holders = Wie heeft gegevens van u
my-holder-care = Uw hulpverlener: { $name }
my-holder-desk = Het meldpunt, met de melding
my-holder-investigation = Politie, marechaussee of Arbeidsinspectie
my-holder-registrar = CoMensha, voor de landelijke cijfers
my-holder-panel = De deskundigen die u om een bericht vroeg
my-holder-shelter = Een opvang
my-holder-consent = Met uw toestemming: { $name }
my-consents = Uw toestemming
my-consents-none = U hebt nog geen toestemming gegeven of geweigerd.
my-consent-given = { $purpose }: ja, sinds { $date }
my-consent-over = { $purpose }: geldt niet meer (gegeven op { $date })
my-consent-refused = { $purpose }: nee, op { $date }
my-rights = Uw rechten
my-rights-text = U mag uw gegevens zien, laten verbeteren of laten wissen. U mag uw toestemming altijd intrekken. Vraag het hier of zeg het tegen uw hulpverlener.
my-free-text = Hulp krijgt u ook als u nee zegt.

my-own-held = Wat uw hulpverlener over u heeft
my-own-came-self = Uw hulpverlener heeft dit met u opgeschreven.
my-own-came = Het begon bij: { $who }. Dat was op { $date }.
my-own-nothing = Er staat nog niets over u.
my-own-ground = Uw hulpverlener mag dit hebben op grond van: { $ground }
my-own-shared = Met wie het is gedeeld
my-own-shared-none = Uw hulpverlener heeft nog niets over u gedeeld.
my-own-looked = Wie uw gegevens heeft bekeken
my-own-looked-lead = U ziet de functie en de organisatie, niet de naam van een medewerker.
my-own-looked-none = Nog niemand.
my-looked-line = { $role }, { $org }: op { $n ->
    [one] 1 dag
   *[other] { $n } dagen
}, voor het laatst op { $last }
my-looked-unknown = een organisatie
my-shared-line = { $date }: { $who }. Het ging om { $what }.
my-shared-why = Waarvoor: { $purpose }. Grond: { $ground }.
my-shared-until = Tot en met { $date }.
my-shared-over = Dit is voorbij. Het kon tot en met { $date }.
my-shared-registration = enkele gegevens zonder naam, voor de landelijke cijfers
my-shared-count = een telling zonder gegevens van u
my-shared-opinion = wat u zelf koos voor het deskundigenbericht
my-right-access = Ik wil mijn gegevens zien
my-right-correction = Er klopt iets niet
my-right-erasure = Ik wil dat mijn gegevens weg gaan
my-right-objection = Ik wil niet dat mijn gegevens zo worden gebruikt
my-request-title = { $right } ({ $date })
my-request-received = Wij hebben uw vraag. Uw hulpverlener gaat eerst na of u het bent.
my-request-not-settled = Wij konden niet nagaan of u het bent. De reden: { $reason }
my-request-withdrawn = U hebt deze vraag teruggenomen.
my-request-runs = Wij zijn ermee bezig. Het antwoord staat hier op { $date }.
my-request-open = Hier is het antwoord.
my-request-words = U schreef: { $words }
my-request-extended = Het duurt langer. De reden: { $reason }
my-request-late = Uw hulpverlener is te laat met antwoorden. Vraag ernaar.
my-request-ask = Wat wilt u vragen?
my-request-which = Kies wat u wilt vragen.
my-request-own-words = In uw eigen woorden
my-request-own-words-hint = Klopt er iets niet? Schrijf dan wat. Noem geen adres.
my-request-words-missing = Schrijf op wat er niet klopt, of waarom u het niet wilt.
my-request-twice = U hebt dit al gevraagd. Wij zijn er nog mee bezig.
my-request-how = Het antwoord komt op deze pagina. Wij sturen geen brief. Iedereen wacht even lang.
my-request-send = Vraag het
my-request-done = Uw vraag is binnen.
my-request-taken-back = U hebt uw vraag teruggenomen.
my-request-take-back = Neem deze vraag terug
my-complaint = Bent u het niet eens met een antwoord? U kunt een klacht indienen bij de Autoriteit Persoonsgegevens.
my-section-k1 = Het meldpunt
my-section-k2 = CoMensha, voor de landelijke cijfers
my-section-k3 = Uw hulpverlener en andere hulp
my-section-k4 = De deskundigen
my-section-k5 = Politie, marechaussee en Arbeidsinspectie
my-section-opens = U leest dit op { $date }.
my-section-nothing = Wij kunnen u hier niets laten zien.
my-section-nothing-why = Misschien is er niets. Misschien mag het nog niet. De Autoriteit Persoonsgegevens kan dit voor u nagaan.
my-outcome-given = Ja.
my-outcome-partly = Een deel.
my-outcome-refused = Nee.
my-answer-data = Het gaat om: { $data }
my-answer-refusal = Niet alles. De reden: { $reason } Grond: { $ground }
my-file-nothing = Niets bekend
my-file-people = { $n ->
    [one] 1 persoon mag niets weten
   *[other] { $n } personen mogen niets weten
}
my-file-children = { $n ->
    [one] 1 kind
   *[other] { $n } kinderen
}
