"""Names, streets and towns that the sample company's neighbours are made of.

Plain data. Towns and tax rates are plausible for central Texas, not a tax table.
"""

from __future__ import annotations

from dataclasses import dataclass

STATE_AGENCY = "Texas Comptroller of Public Accounts"


@dataclass(frozen=True)
class Town:
    """A town with the components of its sales tax: name and percent."""

    name: str
    postal_code: str
    rates: tuple[tuple[str, str], ...]


def _town(name: str, postal_code: str, county: str, *local: tuple[str, str]) -> Town:
    return Town(name, postal_code, (("Texas State", "6.25"), (f"{county} County", "0.5"), *local))


TOWNS = (
    _town("New Braunfels", "78130", "Comal", ("New Braunfels City", "1.5")),
    _town("San Marcos", "78666", "Hays", ("San Marcos City", "1.5")),
    _town("Seguin", "78155", "Guadalupe", ("Seguin City", "1.5")),
    _town("Kyle", "78640", "Hays", ("Kyle City", "1.5")),
    _town("Buda", "78610", "Hays", ("Buda City", "1.5")),
    _town("Lockhart", "78644", "Caldwell", ("Lockhart City", "1.5")),
    _town("Wimberley", "78676", "Hays", ("Wimberley City", "1.25")),
    _town("Luling", "78648", "Caldwell", ("Luling City", "1.375")),
    _town("Canyon Lake", "78133", "Comal", ("Canyon Lake Library District", "0.5")),
    _town("Spring Branch", "78070", "Comal"),
)

STREETS = (
    "Aspen Loop", "Bluebonnet Ln", "Cedar Elm Dr", "Commerce St", "County Road 214",
    "Creekside Way", "E Austin St", "Elm Creek Rd", "FM 306", "Hunter Rd", "Industrial Blvd",
    "Juniper Hill", "Loop 337", "Magnolia Ave", "N Walnut Ave", "Old Bastrop Hwy",
    "Pecan St", "Purgatory Rd", "Ranch Road 12", "River Rd", "S Guadalupe St", "San Antonio St",
    "State Hwy 46", "Wonder World Dr",
)  # fmt: skip

FIRST_NAMES = (
    "Aaron", "Alejandra", "Amy", "Andre", "Beatriz", "Bill", "Brandi", "Carlos", "Cheryl", "Cody",
    "Dana", "Darius", "Deepa", "Eduardo", "Elena", "Frank", "Gloria", "Grant", "Hannah", "Hector",
    "Ian", "Imani", "Jacob", "Janelle", "Jesús", "Joyce", "Kendra", "Kurt", "Latoya", "Linh",
    "Marco", "Megan", "Mohammed", "Nadia", "Noah", "Olivia", "Pam", "Pedro", "Quinn", "Rachel",
    "Renée", "Rosa", "Ruben", "Sanjay", "Shawna", "Sofía", "Stan", "Tamara", "Travis", "Uma",
    "Vanessa", "Victor", "Wes", "Xochitl", "Yolanda", "Zachary",
)  # fmt: skip

LAST_NAMES = (
    "Adeyemi", "Albrecht", "Bautista", "Beck", "Boudreaux", "Brzezinski", "Calloway", "Castañeda",
    "Chaudhry", "Clements", "D'Angelo", "Dahl", "De la Cruz", "Dreyer", "Eubanks", "Farrow",
    "Fischer", "Fuentes", "Gaines", "Gallegos", "Goforth", "Guerrero", "Haddad", "Hawthorne",
    "Hoffmann", "Ibarra", "Jankowski", "Kaur", "Keller", "Kim", "Koehler", "Lackey", "Ledesma",
    "Lindqvist", "Macías", "Marchetti", "Mbeki", "Mendenhall", "Moczygemba", "Mueller", "Nakamura",
    "Nguyen", "Núñez", "O'Brien", "O'Dell", "Okafor", "Oyelaran", "Pacheco", "Patel", "Pfluger",
    "Quintanilla", "Rausch", "Riojas", "Rivas", "Saenz", "Schlameus", "Schumann", "Seidel",
    "Sørensen", "Standifer", "Tran", "Treviño", "Ulrich", "Vasquez", "Villarreal", "Voges",
    "Wagenführ", "Weidner", "Whitaker", "Wiatrek", "Yarbrough", "Ybarra", "Zamora", "Zipp",
)  # fmt: skip

TRADES = (
    "Concrete", "Construction", "Custom Homes", "Demolition", "Drywall & Paint", "Electric",
    "Estate Services", "Excavation", "Fencing", "Flooring", "Foundation Repair", "Home Builders",
    "Landscaping", "Masonry", "Metal Buildings", "Paving", "Plumbing", "Pools & Spas", "Properties",
    "Ranch Services", "Realty Group", "Remodeling", "Restoration", "Roofing", "Site Work",
    "Tree Service", "Windows & Siding",
)  # fmt: skip

ENDINGS = ("LLC", "LLC", "LLC", "Inc.", "Co.", "& Sons", "Group", "")

PLACES = (
    "Alamo", "Armadillo", "Balcones", "Blanco", "Brazos", "Caliche", "Cibolo", "Comal",
    "Cypress Bend", "Dos Rios", "Edwards", "Fair Oaks", "Garden Ridge", "Gruene", "Guadalupe",
    "Hueco Springs", "Landa", "Live Oak", "Longhorn", "Mesquite", "Mission", "Pecan Grove",
    "Rim Rock", "Solms", "Sophienburg", "Twin Sisters", "Vintage", "Wurstfest",
)  # fmt: skip
