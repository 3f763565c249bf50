# The frame around the pages of professionals.

work-sign-out = Uitloggen
work-navigation = Mijn werk
