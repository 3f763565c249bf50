# Signing in, the navigation of professionals and what the access rules refuse.

sign-in-title = Sign in
sign-in-lead = For professionals. Need help or want to report something? You can do that without an account, on the front page.
sign-in-user = User name
sign-in-password = Password
sign-in-code = Code
sign-in-code-hint = The 6 digits from your app.
sign-in-button = Sign in
sign-in-refused = The name, the password or the code is not right.
sign-in-code-refused = This code is not right or was used already. Wait for the next code.
fresh-factor-title = Show that it is you
fresh-factor-lead = This step asks for a new code.
fresh-factor-button = Continue

nav-reports = Reports
nav-intakes = Intake
nav-cases = Cases
nav-shelter = Find shelter
nav-holds = Requests for us
nav-rooms = Our rooms
nav-registrations = Registrations
nav-opinions = Expert opinions
nav-plan = Action plan
nav-rounds = Update rounds
nav-pledges = Motions and promises
nav-coverage = Coverage
nav-evidence = Evidence
nav-figures = Figures
nav-letters = Progress letter
nav-people = People and organisations
nav-oversight = Oversight
nav-journal = Journal
nav-health = System
nav-account = My account

refuse-sign-in = The name, the password or the code is not right.
refuse-fresh-factor = This step asks for a new code. Go to My account and show your code.
refuse-for-whom = This is only for: { $roles }.
refuse-key-reused = This key was used before with other content. Take a new key.
refuse-detail = { $detail }
refuse-rule-title = This is not possible now
refuse-rule-advice = Go back, change what is needed and try again.
nav-notices = Notices
nav-reviews = Broken glass
nav-reviews-intakes = Broken glass of intakes
refuse-need-to-know = This file is open to who works on it only.
refuse-need-to-know-advice = Open the file from the list: it says what you can do.
