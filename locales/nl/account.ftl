# Inloggen, de navigatie van professionals en wat de toegangsregels weigeren.

sign-in-title = Inloggen
sign-in-lead = Voor professionals. Hulp nodig of iets melden? Dat kan zonder account, op de voorpagina.
sign-in-user = Gebruikersnaam
sign-in-password = Wachtwoord
sign-in-code = Code
sign-in-code-hint = De 6 cijfers uit uw app.
sign-in-button = Inloggen
sign-in-refused = De naam, het wachtwoord of de code klopt niet.
sign-in-code-refused = Deze code klopt niet of is al gebruikt. Wacht op de volgende code.
fresh-factor-title = Laat zien dat u het bent
fresh-factor-lead = Voor deze stap is een nieuwe code nodig.
fresh-factor-button = Verder

nav-reports = Meldingen
nav-intakes = Intake
nav-cases = Casussen
nav-shelter = Opvang zoeken
nav-holds = Aanvragen voor ons
nav-rooms = Onze kamers
nav-registrations = Registraties
nav-opinions = Deskundigenberichten
nav-plan = Actieplan
nav-rounds = Updaterondes
nav-pledges = Moties en toezeggingen
nav-coverage = Dekking
nav-evidence = Bewijsstukken
nav-figures = Cijfers
nav-letters = Voortgangsbrief
nav-people = Mensen en organisaties
nav-oversight = Toezicht
nav-journal = Logboek
nav-health = Systeem
nav-account = Mijn account

refuse-sign-in = De naam, het wachtwoord of de code klopt niet.
refuse-fresh-factor = Voor deze stap is een nieuwe code nodig. Ga naar Mijn account en laat uw code zien.
refuse-for-whom = Dit is alleen voor: { $roles }.
refuse-key-reused = Deze sleutel is eerder gebruikt met een andere inhoud. Neem een nieuwe sleutel.
refuse-detail = { $detail }
refuse-rule-title = Dit kan nu niet
refuse-rule-advice = Ga terug, pas aan wat nodig is en probeer het opnieuw.
nav-notices = Berichten
nav-reviews = Noodinzagen
nav-reviews-intakes = Noodinzagen in intakes
refuse-need-to-know = Dit dossier is alleen open voor wie eraan werkt.
refuse-need-to-know-advice = Open het dossier uit de lijst: daar staat wat u kunt doen.
