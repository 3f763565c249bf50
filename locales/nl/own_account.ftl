# Mijn account.

account-name = Naam
account-organisation = Organisatie
account-roles = Wat u hier doet
account-factor = Code voor het laatst getoond
account-factor-fresh = Nog geldig
account-factor-old = Nieuwe code nodig
account-factor-again = Laat een nieuwe code zien
account-done-fresh = De code klopt. U kunt verder.
account-sessions = Waar u bent ingelogd
account-sessions-lead = Kent u een inlog niet? Log dan overal uit en kies een nieuw wachtwoord.
account-sessions-caption = Uw inlogsessies
account-session-began = Begonnen
account-session-used = Laatst gebruikt
account-session-ends = Eindigt uiterlijk
account-sessions-end = Overal uitloggen
account-password = Nieuw wachtwoord
account-password-lead = Na het wijzigen logt u opnieuw in, ook op andere apparaten.
account-password-present = Wachtwoord van nu
account-password-new = Nieuw wachtwoord
account-password-hint = Ten minste 12 tekens. Een korte zin werkt goed.
account-password-again = Nieuw wachtwoord nog een keer
account-password-button = Wachtwoord wijzigen
account-password-differs = De twee nieuwe wachtwoorden zijn niet gelijk.
account-password-wrong = Dit is niet uw wachtwoord van nu.
account-password-length = Kies een wachtwoord van 12 tot en met 200 tekens.
