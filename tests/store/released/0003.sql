BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	posting_id INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	http_status INTEGER, 
	fault_code VARCHAR NOT NULL, 
	fault_text VARCHAR NOT NULL, 
	intuit_tid VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_attempt_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id)
);
INSERT INTO "attempt" VALUES(1,1,'send','2026-11-23T09:00:05.700000Z','2026-11-23T09:00:06.000000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(2,3,'send','2026-11-23T09:00:06.300000Z','2026-11-23T09:00:06.600000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(3,4,'send','2026-11-23T09:00:06.900000Z','2026-11-23T09:00:07.200000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(4,5,'send','2026-11-23T09:00:09.000000Z','2026-11-23T09:00:09.300000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(5,7,'send','2026-11-23T09:00:09.300000Z','2026-11-23T09:00:09.600000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(6,6,'send','2026-11-23T09:00:09.600000Z','2026-11-23T09:00:09.900000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(7,8,'send','2026-11-23T09:00:09.900000Z','2026-11-23T09:00:10.200000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(8,11,'send','2026-11-23T09:00:09.900000Z','2026-11-23T09:00:10.200000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(9,9,'send','2026-11-23T09:00:10.500000Z','2026-11-23T09:00:10.800000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(10,10,'send','2026-11-23T09:00:10.500000Z','2026-11-23T09:00:10.800000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(11,12,'send','2026-11-23T09:00:10.800000Z','2026-11-23T09:00:11.100000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(12,15,'send','2026-11-23T09:00:10.800000Z','2026-11-23T09:00:11.100000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(13,14,'send','2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.400000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(14,16,'send','2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.400000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(15,18,'send','2026-11-23T09:00:12.000000Z','2026-11-23T09:00:12.300000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(16,20,'send','2026-11-23T09:00:12.300000Z','2026-11-23T09:00:12.600000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(17,19,'send','2026-11-23T09:00:12.600000Z','2026-11-23T09:00:12.900000Z',400,'6540','refused','tid-no','refused');
INSERT INTO "attempt" VALUES(18,21,'send','2026-11-23T09:00:12.600000Z','2026-11-23T09:00:12.900000Z',NULL,'','no answer in time','','unclear');
INSERT INTO "attempt" VALUES(19,22,'send','2026-11-23T09:00:12.900000Z','2026-11-23T09:00:13.200000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(20,24,'send','2026-11-23T09:00:12.900000Z','2026-11-23T09:00:13.200000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(21,25,'send','2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.500000Z',200,'','','tid-1','answered');
INSERT INTO "attempt" VALUES(22,26,'send','2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.500000Z',400,'6540','refused','tid-no','refused');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	"before" VARCHAR NOT NULL, 
	"after" VARCHAR NOT NULL, 
	request_id VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-11-23T09:00:04.800000Z','ann','approved','run:1','null','{"kind":"test","plan":"39b201e9a553dbc3f69806bce1d19548d307697f41971821fced96ca816f3e25","postings":4}','','0000000000000000000000000000000000000000000000000000000000000000','e3b1f19c606bd70c96972329d46f9a42da30dc3cb057818461377cc61f5dcbab');
INSERT INTO "audit" VALUES(2,'2026-11-23T09:00:06.000000Z','ann','posting CONFIRMED','client:c1','{"state":"SENDING"}','{"how":"sent","qbo_id":"101","reason":"","state":"CONFIRMED"}','s4dzsbny6xydxo4lghd2vck7pu5evxxq','e3b1f19c606bd70c96972329d46f9a42da30dc3cb057818461377cc61f5dcbab','6d9ab17445e0521ce48ba62d9e8b7a5cc5301e60050f544064c4dd4b51ad792a');
INSERT INTO "audit" VALUES(3,'2026-11-23T09:00:06.300000Z','ann','posting CONFIRMED','product:p1','{"state":"APPROVED"}','{"how":"linked","qbo_id":"100","reason":"","state":"CONFIRMED"}','adb2rhjtyri77wjbkt3nmh5e4njaev4k','6d9ab17445e0521ce48ba62d9e8b7a5cc5301e60050f544064c4dd4b51ad792a','098aedcbdf05dbbf460d924efffbcac650d6370bbe750250825f83ad4e6e561e');
INSERT INTO "audit" VALUES(4,'2026-11-23T09:00:06.600000Z','ann','posting CONFIRMED','invoice:i6','{"state":"SENDING"}','{"how":"sent","qbo_id":"102","reason":"","state":"CONFIRMED"}','oit5klvrncdopsrd2jslflmyzuaala2r','098aedcbdf05dbbf460d924efffbcac650d6370bbe750250825f83ad4e6e561e','3af67ea238d2b0d1ff14b4f3f0692508e4c8c5e010d595695a9fd08d0d0c3582');
INSERT INTO "audit" VALUES(5,'2026-11-23T09:00:07.200000Z','ann','posting CONFIRMED','payment:y3','{"state":"SENDING"}','{"how":"sent","qbo_id":"103","reason":"","state":"CONFIRMED"}','eequwe7plyra6enbacn4imqwvd362uqk','3af67ea238d2b0d1ff14b4f3f0692508e4c8c5e010d595695a9fd08d0d0c3582','ab64c38d9d19d54079ac6ef30e518fbf8d59a9958df57465c82d75ec9634e4bc');
INSERT INTO "audit" VALUES(6,'2026-11-23T09:00:08.100000Z','ann','run ended','run:1','null','{"docket":61603,"quickbooks":61603,"reason":"","state":"finished","totals":{"checking":[0,0],"linked":[0,0],"needs_you":[0,0],"not_sent":[0,0],"payment_only":[0,0],"posted":[1,61603],"skipped":[0,0],"updated":[0,0]}}','','ab64c38d9d19d54079ac6ef30e518fbf8d59a9958df57465c82d75ec9634e4bc','7b4972a767daa168bf43322f9b3a7ba632bdd28685b7728cbaf7e817db765070');
INSERT INTO "audit" VALUES(7,'2026-11-23T09:00:08.100000Z','ann','bulk sync opened','bulk','null','{"reason":"a test came back equal to the cent","run":1}','','7b4972a767daa168bf43322f9b3a7ba632bdd28685b7728cbaf7e817db765070','6d507b8635bf86e8fe7befb74e7c499aaefcbdfe92df82e33542934a31fb9160');
INSERT INTO "audit" VALUES(8,'2026-11-23T09:00:08.100000Z','ann','approved','run:2','null','{"kind":"bulk","plan":"ecf36676d3ea6fc86372a613568df000a2eb8441b26fdd9b370e5aef0e207335","postings":13}','','6d507b8635bf86e8fe7befb74e7c499aaefcbdfe92df82e33542934a31fb9160','d277a27536a49040deef24187c24a76b44a965c0f823fd907b33c75aa3f0a2a9');
INSERT INTO "audit" VALUES(9,'2026-11-23T09:00:09.300000Z','ann','posting CONFIRMED','client:c2','{"state":"SENDING"}','{"how":"sent","qbo_id":"104","reason":"","state":"CONFIRMED"}','af4j4kp4lylsymhg26cykepfdr44wmtm','d277a27536a49040deef24187c24a76b44a965c0f823fd907b33c75aa3f0a2a9','af1e02aa4c2289b82a405cf77c5caf191eae9c85a662c5d33497234cd0a0b3b7');
INSERT INTO "audit" VALUES(10,'2026-11-23T09:00:09.600000Z','ann','posting CONFIRMED','client:c0','{"state":"SENDING"}','{"how":"sent","qbo_id":"105","reason":"","state":"CONFIRMED"}','cielk22l4dnix36hniqgdla54pgs4t74','af1e02aa4c2289b82a405cf77c5caf191eae9c85a662c5d33497234cd0a0b3b7','73d00ba46d94fbab284251ad4260c3e60ab8c7ead615bda40ef222409ec8f043');
INSERT INTO "audit" VALUES(11,'2026-11-23T09:00:09.900000Z','ann','posting CONFIRMED','invoice:i0','{"state":"SENDING"}','{"how":"sent","qbo_id":"106","reason":"","state":"CONFIRMED"}','xa76v5eujvonjr26en47tmgf3yel6rpj','73d00ba46d94fbab284251ad4260c3e60ab8c7ead615bda40ef222409ec8f043','d4404bc6438659dff5bc3d4cd18adf46bc8e9089bc9a519b0043ca06e76dd7e1');
INSERT INTO "audit" VALUES(12,'2026-11-23T09:00:10.200000Z','ann','posting CONFIRMED','invoice:i1','{"state":"SENDING"}','{"how":"sent","qbo_id":"107","reason":"","state":"CONFIRMED"}','67qrfsng5wyzxanytua7uruqwpur6wec','d4404bc6438659dff5bc3d4cd18adf46bc8e9089bc9a519b0043ca06e76dd7e1','25075ced9dc479f9c3b90d8252ded2693c2caa7c5dde0cfcd27d48876d075321');
INSERT INTO "audit" VALUES(13,'2026-11-23T09:00:10.200000Z','ann','posting HOLD','invoice:i2','{"state":"SENDING"}','{"how":"sent","qbo_id":"108","reason":"invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90.","state":"HOLD"}','rhdd2k2nr7zikh4qg6zml5eibwjhwob3','25075ced9dc479f9c3b90d8252ded2693c2caa7c5dde0cfcd27d48876d075321','55c212bcb381028d4361c92ea53fecd6d6ef136b6ae7f66b39525f71ebf68bf1');
INSERT INTO "audit" VALUES(14,'2026-11-23T09:00:10.800000Z','ann','posting CONFIRMED','payment:y1','{"state":"SENDING"}','{"how":"sent","qbo_id":"109","reason":"","state":"CONFIRMED"}','q3o42a2snznyxb25ruiy4np3qzfdrahd','55c212bcb381028d4361c92ea53fecd6d6ef136b6ae7f66b39525f71ebf68bf1','14d79ff3e490e5c2ded1d826dc8d4ed29413e14f089b0f96dcca6f8884a88d71');
INSERT INTO "audit" VALUES(15,'2026-11-23T09:00:10.800000Z','ann','posting CONFIRMED','refund:r1','{"state":"SENDING"}','{"how":"sent","qbo_id":"110","reason":"","state":"CONFIRMED"}','sr5xhcldovw7rhjm2567zb3bdompr7nr','14d79ff3e490e5c2ded1d826dc8d4ed29413e14f089b0f96dcca6f8884a88d71','6d9f56566b962664db8a20e7c72a6e51c0780c1459969f635f9723fee917c9cf');
INSERT INTO "audit" VALUES(16,'2026-11-23T09:00:11.100000Z','ann','posting CONFIRMED','invoice:i3','{"state":"SENDING"}','{"how":"sent","qbo_id":"111","reason":"","state":"CONFIRMED"}','tyi2imtxjr6upkbopremfp5dq4ehxkhn','6d9f56566b962664db8a20e7c72a6e51c0780c1459969f635f9723fee917c9cf','e99d8b1d3399b88582257269107ea9d07c69f0e724362541b38727ed1ddeae72');
INSERT INTO "audit" VALUES(17,'2026-11-23T09:00:11.100000Z','ann','posting CONFIRMED','invoice:i4','{"state":"SENDING"}','{"how":"sent","qbo_id":"112","reason":"","state":"CONFIRMED"}','ps7rma2vkmjklzhru5kvlra3hx62g2x4','e99d8b1d3399b88582257269107ea9d07c69f0e724362541b38727ed1ddeae72','3d79ae2e890f32d46de31a5776fea97fa702acd8be66a11d24f6c382716d1048');
INSERT INTO "audit" VALUES(18,'2026-11-23T09:00:11.400000Z','ann','posting CONFIRMED','refund:r3','{"state":"SENDING"}','{"how":"sent","qbo_id":"113","reason":"","state":"CONFIRMED"}','ubsb5jzpwq23wtda43ptvo6dgchtiyhw','3d79ae2e890f32d46de31a5776fea97fa702acd8be66a11d24f6c382716d1048','4b238a27a6c55fe9334fb5cf87fdfbc5d87733b4176c998cf26178d6e3955698');
INSERT INTO "audit" VALUES(19,'2026-11-23T09:00:11.400000Z','ann','posting HOLD','invoice:i5','{"state":"SENDING"}','{"how":"sent","qbo_id":"114","reason":"invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77.","state":"HOLD"}','667ed4rcai5f7pydtr6ujwltap2x3obi','4b238a27a6c55fe9334fb5cf87fdfbc5d87733b4176c998cf26178d6e3955698','1bb5a91a792473acb4ceade43b9a2d44c2eb1b306b26569cbba84b1c0a9247bc');
INSERT INTO "audit" VALUES(20,'2026-11-23T09:00:11.400000Z','ann','posting withdrawn','payment:y0','{"state":"APPROVED"}','{"reason":"waits for invoice 102, which needs you"}','dszgf3fx5wqyticcuzeuj22jix3el7me','1bb5a91a792473acb4ceade43b9a2d44c2eb1b306b26569cbba84b1c0a9247bc','83ae86503d56bffbed436bae0a3c08f947f40d5d7facbba4abdca2234c601490');
INSERT INTO "audit" VALUES(21,'2026-11-23T09:00:11.400000Z','ann','posting withdrawn','payment:y2','{"state":"APPROVED"}','{"reason":"waits for invoice 105, which needs you"}','u24crb2u2jm4xqiw2hri56evdjpi5hwo','83ae86503d56bffbed436bae0a3c08f947f40d5d7facbba4abdca2234c601490','80e9ced9ea3f43985bab52570932768bafde07b5a42acab7ef813169fe1e4f19');
INSERT INTO "audit" VALUES(22,'2026-11-23T09:00:11.700000Z','ann','run ended','run:2','null','{"docket":369258,"quickbooks":369458,"reason":"","state":"finished","totals":{"checking":[0,0],"linked":[0,0],"needs_you":[3,190302],"not_sent":[0,0],"payment_only":[0,0],"posted":[3,178956],"skipped":[0,0],"updated":[0,0]}}','','80e9ced9ea3f43985bab52570932768bafde07b5a42acab7ef813169fe1e4f19','92738d0a9ad54e906c2e2d49591a6479722dcc6d3b63da3d7e27a0229282b954');
INSERT INTO "audit" VALUES(23,'2026-11-23T09:00:11.700000Z','ann','approved','run:3','null','{"kind":"bulk","plan":"b8a7ee9dd376edcd06de896cd85a5dd42bb15a45f2084988b1a7981d634abd93","postings":11}','','92738d0a9ad54e906c2e2d49591a6479722dcc6d3b63da3d7e27a0229282b954','28aeab8ab9a2fe5c022f8321b2af2a02d64d62177fe5ca9d48cb845b9760884f');
INSERT INTO "audit" VALUES(24,'2026-11-23T09:00:12.300000Z','ann','posting CONFIRMED','invoice:i10','{"state":"SENDING"}','{"how":"sent","qbo_id":"115","reason":"","state":"CONFIRMED"}','6hsshfenwiycrx6puhg43e5oywr2bcvy','28aeab8ab9a2fe5c022f8321b2af2a02d64d62177fe5ca9d48cb845b9760884f','5cd8cdf9aca11e62c1b85eace0f6f2ee2e1019ffac56e5e9288b2c88cb1a18e4');
INSERT INTO "audit" VALUES(25,'2026-11-23T09:00:12.600000Z','ann','posting CONFIRMED','invoice:i11','{"state":"SENDING"}','{"how":"sent","qbo_id":"116","reason":"","state":"CONFIRMED"}','epiubdpkziof3nsm256ffwsnu4lzki2j','5cd8cdf9aca11e62c1b85eace0f6f2ee2e1019ffac56e5e9288b2c88cb1a18e4','224fe957b4d62108823df811e86e4c0d03424db14f6bceb8d2b65a502958be84');
INSERT INTO "audit" VALUES(26,'2026-11-23T09:00:12.900000Z','ann','posting REJECTED','payment:y6','{"state":"SENDING"}','{"how":"","qbo_id":"","reason":"The payment is part of a bank deposit in QuickBooks and cannot be changed. Nothing in QuickBooks was changed. Take it out of the deposit there first, or enter a refund instead.","state":"REJECTED"}','deyrs6z4dqppa7sycdmrmknnm5kpeoed','224fe957b4d62108823df811e86e4c0d03424db14f6bceb8d2b65a502958be84','33b3ff4a1056d993a69fdd76594e69ffc0cffc25e3e3553f477e77c84e453b7d');
INSERT INTO "audit" VALUES(27,'2026-11-23T09:00:12.900000Z','ann','posting UNKNOWN','invoice:i12','{"state":"SENDING"}','{"how":"","qbo_id":"","reason":"","state":"UNKNOWN"}','xx3sopzhojiwihsbv7pgtuq65vequyod','33b3ff4a1056d993a69fdd76594e69ffc0cffc25e3e3553f477e77c84e453b7d','d73076df72194d367689958412e71415db361d11e4248483e428992172153d17');
INSERT INTO "audit" VALUES(28,'2026-11-23T09:00:13.200000Z','ann','posting CONFIRMED','invoice:i13','{"state":"SENDING"}','{"how":"sent","qbo_id":"118","reason":"","state":"CONFIRMED"}','gs3jlf6rzisujpjfzzpdyzufds5zuzf2','d73076df72194d367689958412e71415db361d11e4248483e428992172153d17','93d0cc6a57dc3f355ec57d188ad14878e665138971e3b147f7fac21097fc756b');
INSERT INTO "audit" VALUES(29,'2026-11-23T09:00:13.200000Z','ann','posting CONFIRMED','invoice:i7','{"state":"SENDING"}','{"how":"sent","qbo_id":"119","reason":"","state":"CONFIRMED"}','bks5al3w2g2sdkqhgkb2rjkx3kauxqan','93d0cc6a57dc3f355ec57d188ad14878e665138971e3b147f7fac21097fc756b','08e9bee15d942f4f4225c2bd4b515ac9a521ef945bb1b61bce0cab163b698566');
INSERT INTO "audit" VALUES(30,'2026-11-23T09:00:13.500000Z','ann','posting CONFIRMED','payment:y4','{"state":"SENDING"}','{"how":"sent","qbo_id":"120","reason":"","state":"CONFIRMED"}','6btao2bti5jroy3p3o4rbwn7oso5kb6l','08e9bee15d942f4f4225c2bd4b515ac9a521ef945bb1b61bce0cab163b698566','b4259cc3d2b61e5cf2bd8479cce5f09e62d4778419bcc3dec039df3b92fed459');
INSERT INTO "audit" VALUES(31,'2026-11-23T09:00:13.500000Z','ann','posting REJECTED','invoice:i8','{"state":"SENDING"}','{"how":"","qbo_id":"","reason":"The payment is part of a bank deposit in QuickBooks and cannot be changed. Nothing in QuickBooks was changed. Take it out of the deposit there first, or enter a refund instead.","state":"REJECTED"}','nvyyde6tbuexd4q73tnufjrqishfxzfm','b4259cc3d2b61e5cf2bd8479cce5f09e62d4778419bcc3dec039df3b92fed459','38df591fc72da96a0fc58ede48d58c030b82b3959391f941cf4ba5d8a98a5e8d');
CREATE TABLE choice (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	made_at TEXT NOT NULL, 
	ended_at TEXT, 
	replaces_id INTEGER, 
	CONSTRAINT pk_choice PRIMARY KEY (id), 
	CONSTRAINT fk_choice_replaces_id FOREIGN KEY(replaces_id) REFERENCES choice (id)
);
CREATE TABLE client (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	display_id VARCHAR NOT NULL, 
	company_name VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	line1 VARCHAR NOT NULL, 
	line2 VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	postal_code VARCHAR NOT NULL, 
	client_type VARCHAR NOT NULL, 
	tax_exempt BOOLEAN NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_client PRIMARY KEY (id), 
	CONSTRAINT uq_client_docket_id UNIQUE (docket_id)
);
INSERT INTO "client" VALUES(1,'c0','C0','Client 0 LLC','','','Client 0 LLC','client 0 llc','','','','','','','','Commercial',0,'2026-10-01T12:00:00.000000Z',NULL);
INSERT INTO "client" VALUES(2,'c1','C1','Client 1 LLC','','','Client 1 LLC','client 1 llc','','','','','','','','Commercial',0,'2026-10-01T12:00:00.000000Z',NULL);
INSERT INTO "client" VALUES(3,'c2','C2','Client 2 LLC','','','Client 2 LLC','client 2 llc','','','','','','','','Commercial',0,'2026-10-01T12:00:00.000000Z',NULL);
CREATE TABLE company (
	id INTEGER NOT NULL, 
	realm_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	country VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	time_zone VARCHAR NOT NULL, 
	subscription VARCHAR NOT NULL, 
	live BOOLEAN NOT NULL, 
	birth_id VARCHAR NOT NULL, 
	start_date TEXT, 
	books_closed_on TEXT, 
	custom_numbers BOOLEAN NOT NULL, 
	uses_sales_tax BOOLEAN NOT NULL, 
	automated_tax BOOLEAN NOT NULL, 
	auto_apply_credit BOOLEAN NOT NULL, 
	multicurrency BOOLEAN NOT NULL, 
	info TEXT, 
	preferences TEXT, 
	seen_at TEXT NOT NULL, 
	CONSTRAINT pk_company PRIMARY KEY (id), 
	CONSTRAINT uq_company_realm_id UNIQUE (realm_id)
);
INSERT INTO "company" VALUES(1,'9130000000000001','Acme Roll-Off LLC','US','USD','America/Denver','',0,'b1',NULL,NULL,1,1,1,0,0,'{"CompanyName":"Acme Roll-Off LLC","Country":"US","DefaultTimeZone":"America/Denver","Id":"1","NameValue":[{"Name":"SandboxBirthId","Value":"b1"}]}','{"CurrencyPrefs":{"HomeCurrency":{"value":"USD"}},"Id":"1","SalesFormsPrefs":{"CustomTxnNumbers":true},"TaxPrefs":{"PartnerTaxEnabled":true,"UsingSalesTax":true}}','2026-11-23T09:00:00.000000Z');
CREATE TABLE "conflict" (
	id INTEGER NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject_kind VARCHAR NOT NULL, 
	subject_key VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	words VARCHAR NOT NULL, 
	detail TEXT, 
	found_at TEXT NOT NULL, 
	closed_at TEXT, 
	CONSTRAINT pk_conflict PRIMARY KEY (id)
);
INSERT INTO "conflict" VALUES(1,'i2','differs','invoice','invoice:i2','the invoice','invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90.','{"candidates":[],"ways_out":[{"action":"retry","entity":"","name":"","posting_id":11,"qbo_id":"","words":"Try it again"},{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
INSERT INTO "conflict" VALUES(2,'i2','changed_in_qbo','invoice','i2','invoice 102','Changed in QuickBooks since it was posted: total 485.90 when posted, 486.90 now.','{"candidates":[],"ways_out":[{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"keep","entity":"Invoice","name":"16452a3ac70f1f259935:43b73368a753","posting_id":0,"qbo_id":"108","words":"Leave both as they are"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
INSERT INTO "conflict" VALUES(3,'i2','payment','payment','y0','payment by Check P-0','Payment by Check P-0 is more than the 484.90 that QuickBooks shows open on the invoice: something else has paid it there.','{"candidates":[],"ways_out":[{"action":"create","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Post it all the same; the rest stays as credit"},{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
INSERT INTO "conflict" VALUES(4,'i5','differs','invoice','invoice:i5','the invoice','invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77.','{"candidates":[],"ways_out":[{"action":"retry","entity":"","name":"","posting_id":16,"qbo_id":"","words":"Try it again"},{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
INSERT INTO "conflict" VALUES(5,'i5','changed_in_qbo','invoice','i5','invoice 105','Changed in QuickBooks since it was posted: total 794.77 when posted, 795.77 now.','{"candidates":[],"ways_out":[{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"keep","entity":"Invoice","name":"0c8b454591cdb7d17a44:d7db87df8582","posting_id":0,"qbo_id":"114","words":"Leave both as they are"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
INSERT INTO "conflict" VALUES(6,'i5','payment','payment','y2','payment by Check P-2','Payment by Check P-2 is more than the 793.77 that QuickBooks shows open on the invoice: something else has paid it there.','{"candidates":[],"ways_out":[{"action":"create","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Post it all the same; the rest stays as credit"},{"action":"open","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Look in QuickBooks"},{"action":"exclude","entity":"","name":"","posting_id":0,"qbo_id":"","words":"Leave the invoice out"}]}','2026-11-23T09:00:11.700000Z',NULL);
CREATE TABLE connection (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	account_id VARCHAR NOT NULL, 
	account_name VARCHAR NOT NULL, 
	first_used_at TEXT NOT NULL, 
	last_used_at TEXT NOT NULL, 
	CONSTRAINT pk_connection PRIMARY KEY (id), 
	CONSTRAINT uq_connection_kind_address_account_id UNIQUE (kind, address, account_id)
);
INSERT INTO "connection" VALUES(1,'docket','','a1','Acme Roll-Off','2026-11-23T09:00:00.000000Z','2026-11-23T09:00:00.000000Z');
CREATE TABLE credit (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	client_docket_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	issued_on TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	updated_at TEXT NOT NULL, 
	voided_at TEXT, 
	deleted_at TEXT, 
	CONSTRAINT pk_credit PRIMARY KEY (id), 
	CONSTRAINT uq_credit_docket_id UNIQUE (docket_id), 
	CONSTRAINT ck_credit_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
CREATE TABLE credit_allocation (
	id INTEGER NOT NULL, 
	credit_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_credit_allocation PRIMARY KEY (id), 
	CONSTRAINT fk_credit_allocation_credit_docket_id FOREIGN KEY(credit_docket_id) REFERENCES credit (docket_id), 
	CONSTRAINT ck_credit_allocation_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
CREATE TABLE cursor (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	saved_at TEXT NOT NULL, 
	CONSTRAINT pk_cursor PRIMARY KEY (id), 
	CONSTRAINT uq_cursor_source_name UNIQUE (source, name)
);
INSERT INTO "cursor" VALUES(1,'docket','client','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(2,'docket','product','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(3,'docket','invoice','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(4,'docket','payment','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(5,'docket','refund','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(6,'docket','credit','0','2026-11-23T09:00:00.000000Z');
INSERT INTO "cursor" VALUES(7,'quickbooks','begun','','2026-11-23T09:00:04.800000Z');
INSERT INTO "cursor" VALUES(8,'quickbooks','full:Customer','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:00.600000Z');
INSERT INTO "cursor" VALUES(9,'quickbooks','full:Vendor','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:00.900000Z');
INSERT INTO "cursor" VALUES(10,'quickbooks','full:Employee','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:01.200000Z');
INSERT INTO "cursor" VALUES(11,'quickbooks','full:Item','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:01.500000Z');
INSERT INTO "cursor" VALUES(12,'quickbooks','full:Account','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:01.800000Z');
INSERT INTO "cursor" VALUES(13,'quickbooks','full:Term','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:02.100000Z');
INSERT INTO "cursor" VALUES(14,'quickbooks','full:PaymentMethod','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:02.400000Z');
INSERT INTO "cursor" VALUES(15,'quickbooks','full:TaxCode','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:02.700000Z');
INSERT INTO "cursor" VALUES(16,'quickbooks','full:Invoice','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:03.300000Z');
INSERT INTO "cursor" VALUES(17,'quickbooks','full:Payment','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:03.600000Z');
INSERT INTO "cursor" VALUES(18,'quickbooks','full:CreditMemo','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:03.900000Z');
INSERT INTO "cursor" VALUES(19,'quickbooks','full:RefundReceipt','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:04.200000Z');
INSERT INTO "cursor" VALUES(20,'quickbooks','full:SalesReceipt','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:04.500000Z');
INSERT INTO "cursor" VALUES(21,'quickbooks','full:Deposit','2026-11-23T09:00:00.300000Z','2026-11-23T09:00:04.800000Z');
INSERT INTO "cursor" VALUES(22,'quickbooks','documents_from','2026-08-06','2026-11-23T09:00:04.800000Z');
INSERT INTO "cursor" VALUES(23,'quickbooks','cdc','2026-11-23T08:55:11.700000Z','2026-11-23T09:00:11.700000Z');
CREATE TABLE epoch (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_epoch PRIMARY KEY (id)
);
INSERT INTO "epoch" VALUES(1,29);
CREATE TABLE import_change (
	id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	"before" TEXT, 
	CONSTRAINT pk_import_change PRIMARY KEY (id), 
	CONSTRAINT fk_import_change_import_id FOREIGN KEY(import_id) REFERENCES import_run (id)
);
CREATE TABLE import_run (
	id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	files TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	CONSTRAINT pk_import_run PRIMARY KEY (id)
);
CREATE TABLE invoice (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	client_docket_id VARCHAR NOT NULL, 
	service_address_id VARCHAR, 
	issued_on TEXT NOT NULL, 
	due_on TEXT, 
	terms_days INTEGER, 
	po_number VARCHAR NOT NULL, 
	memo VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	subtotal_cents BIGINT NOT NULL, 
	discount_cents BIGINT NOT NULL, 
	discount_percent TEXT, 
	tax_cents BIGINT NOT NULL, 
	total_cents BIGINT NOT NULL, 
	updated_at TEXT NOT NULL, 
	voided_at TEXT, 
	void_reason VARCHAR NOT NULL, 
	deleted_at TEXT, 
	qbo_synced_at TEXT, 
	number_key VARCHAR NOT NULL, 
	client_name VARCHAR NOT NULL, 
	client_key VARCHAR NOT NULL, 
	search_text VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	reason_code VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	open_docket_cents BIGINT NOT NULL, 
	open_qbo_cents BIGINT, 
	paid_cents BIGINT NOT NULL, 
	paid BOOLEAN NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	qbo_number VARCHAR NOT NULL, 
	last_synced_at TEXT, 
	excluded_at TEXT, 
	excluded_reason VARCHAR NOT NULL, 
	CONSTRAINT pk_invoice PRIMARY KEY (id), 
	CONSTRAINT uq_invoice_docket_id UNIQUE (docket_id), 
	CONSTRAINT ck_invoice_subtotal_cents CHECK (typeof(subtotal_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_discount_cents CHECK (typeof(discount_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_tax_cents CHECK (typeof(tax_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_total_cents CHECK (typeof(total_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_open_docket_cents CHECK (typeof(open_docket_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_open_qbo_cents CHECK (typeof(open_qbo_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_invoice_paid_cents CHECK (typeof(paid_cents) IN ('integer', 'null'))
);
INSERT INTO "invoice" VALUES(1,'i0','100','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',31290,0,NULL,0,31290,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000100','Client 2 LLC','client 2 llc','100
312.90
20 yard dumpster','pending','payment_due','a payment of 312.90 not posted yet',0,31290,31290,1,'106','100','2026-11-23T09:00:09.900000Z',NULL,'');
INSERT INTO "invoice" VALUES(2,'i1','101','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',71433,0,NULL,0,71433,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000101','Client 0 LLC','client 0 llc','101
714.33
20 yard dumpster','synced','synced','in QuickBooks, and both sides agree',0,0,71433,1,'107','101','2026-11-23T09:00:10.200000Z',NULL,'');
INSERT INTO "invoice" VALUES(3,'i2','102','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',48590,0,NULL,0,48590,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000102','Client 2 LLC','client 2 llc','102
485.90
20 yard dumpster','conflicted','differs','differs: invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90. (and 2 more)',0,48590,48590,1,'108','102','2026-11-23T09:00:10.200000Z',NULL,'');
INSERT INTO "invoice" VALUES(4,'i3','103','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',62235,0,NULL,0,62235,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000103','Client 2 LLC','client 2 llc','103
622.35
20 yard dumpster','pending','payment_due','a payment of 622.35 not posted yet',0,62235,62235,1,'111','103','2026-11-23T09:00:11.100000Z',NULL,'');
INSERT INTO "invoice" VALUES(5,'i4','104','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',76233,0,NULL,0,76233,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000104','Client 0 LLC','client 0 llc','104
762.33
20 yard dumpster','pending','payment_due','a payment of 762.33 not posted yet',0,76233,76233,1,'112','104','2026-11-23T09:00:11.100000Z',NULL,'');
INSERT INTO "invoice" VALUES(6,'i5','105','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',79477,0,NULL,0,79477,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000105','Client 0 LLC','client 0 llc','105
794.77
20 yard dumpster','conflicted','differs','differs: invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77. (and 2 more)',0,79477,79477,1,'114','105','2026-11-23T09:00:11.400000Z',NULL,'');
INSERT INTO "invoice" VALUES(7,'i6','106','c1',NULL,'2026-10-05',NULL,NULL,'','','USD',61603,0,NULL,0,61603,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000106','Client 1 LLC','client 1 llc','106
616.03
20 yard dumpster','synced','synced','in QuickBooks, and both sides agree',0,0,61603,1,'102','106','2026-11-23T09:00:07.500000Z',NULL,'');
INSERT INTO "invoice" VALUES(8,'i7','107','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',72292,0,NULL,0,72292,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000107','Client 0 LLC','client 0 llc','107
722.92
20 yard dumpster','synced','synced','in QuickBooks',0,NULL,72292,1,'119','','2026-11-23T09:00:13.200000Z',NULL,'');
INSERT INTO "invoice" VALUES(9,'i8','108','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',25232,0,NULL,0,25232,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000108','Client 2 LLC','client 2 llc','108
252.32
20 yard dumpster','conflicted','6540','The payment is part of a bank deposit in QuickBooks and cannot be changed. Nothing in QuickBooks was changed. Take it out of the deposit there first, or enter a refund instead.',0,NULL,25232,1,'','',NULL,NULL,'');
INSERT INTO "invoice" VALUES(10,'i9','109','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',61738,0,NULL,0,61738,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000000109','Client 2 LLC','client 2 llc','109
617.38
20 yard dumpster','pending','new','not in QuickBooks yet',0,NULL,61738,1,'','',NULL,NULL,'');
INSERT INTO "invoice" VALUES(11,'i10','1010','c1',NULL,'2026-10-05',NULL,NULL,'','','USD',72141,0,NULL,0,72141,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000001010','Client 1 LLC','client 1 llc','1010
721.41
20 yard dumpster','conflicted','6540','The payment is part of a bank deposit in QuickBooks and cannot be changed. Nothing in QuickBooks was changed. Take it out of the deposit there first, or enter a refund instead.',0,NULL,72141,1,'115','','2026-11-23T09:00:12.300000Z',NULL,'');
INSERT INTO "invoice" VALUES(12,'i11','1011','c2',NULL,'2026-10-05',NULL,NULL,'','','USD',52153,0,NULL,0,52153,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000001011','Client 2 LLC','client 2 llc','1011
521.53
20 yard dumpster','synced','synced','in QuickBooks',0,NULL,52153,1,'116','','2026-11-23T09:00:12.600000Z',NULL,'');
INSERT INTO "invoice" VALUES(13,'i12','1012','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',19841,0,NULL,0,19841,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000001012','Client 0 LLC','client 0 llc','1012
198.41
20 yard dumpster','syncing','checking','checking with QuickBooks',0,NULL,19841,1,'','',NULL,NULL,'');
INSERT INTO "invoice" VALUES(14,'i13','1013','c0',NULL,'2026-10-05',NULL,NULL,'','','USD',83312,0,NULL,0,83312,'2026-10-01T12:00:00.000000Z',NULL,'',NULL,NULL,'000000001013','Client 0 LLC','client 0 llc','1013
833.12
20 yard dumpster','syncing','approved','confirmed, and waiting in a sync',0,NULL,83312,1,'118','','2026-11-23T09:00:13.200000Z',NULL,'');
CREATE TABLE invoice_line (
	id INTEGER NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	product_id VARCHAR, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	quantity TEXT NOT NULL, 
	unit_price TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	taxable BOOLEAN NOT NULL, 
	service_date TEXT, 
	CONSTRAINT pk_invoice_line PRIMARY KEY (id), 
	CONSTRAINT fk_invoice_line_invoice_docket_id FOREIGN KEY(invoice_docket_id) REFERENCES invoice (docket_id), 
	CONSTRAINT ck_invoice_line_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "invoice_line" VALUES(1,'i0',0,'l1','p1','20 Yard Dumpster','','1','312.90',31290,0,NULL);
INSERT INTO "invoice_line" VALUES(2,'i1',0,'l1','p1','20 Yard Dumpster','','1','714.33',71433,0,NULL);
INSERT INTO "invoice_line" VALUES(3,'i2',0,'l1','p1','20 Yard Dumpster','','1','485.90',48590,0,NULL);
INSERT INTO "invoice_line" VALUES(4,'i3',0,'l1','p1','20 Yard Dumpster','','1','622.35',62235,0,NULL);
INSERT INTO "invoice_line" VALUES(5,'i4',0,'l1','p1','20 Yard Dumpster','','1','762.33',76233,0,NULL);
INSERT INTO "invoice_line" VALUES(6,'i5',0,'l1','p1','20 Yard Dumpster','','1','794.77',79477,0,NULL);
INSERT INTO "invoice_line" VALUES(7,'i6',0,'l1','p1','20 Yard Dumpster','','1','616.03',61603,0,NULL);
INSERT INTO "invoice_line" VALUES(8,'i7',0,'l1','p1','20 Yard Dumpster','','1','722.92',72292,0,NULL);
INSERT INTO "invoice_line" VALUES(9,'i8',0,'l1','p1','20 Yard Dumpster','','1','252.32',25232,0,NULL);
INSERT INTO "invoice_line" VALUES(10,'i9',0,'l1','p1','20 Yard Dumpster','','1','617.38',61738,0,NULL);
INSERT INTO "invoice_line" VALUES(11,'i10',0,'l1','p1','20 Yard Dumpster','','1','721.41',72141,0,NULL);
INSERT INTO "invoice_line" VALUES(12,'i11',0,'l1','p1','20 Yard Dumpster','','1','521.53',52153,0,NULL);
INSERT INTO "invoice_line" VALUES(13,'i12',0,'l1','p1','20 Yard Dumpster','','1','198.41',19841,0,NULL);
INSERT INTO "invoice_line" VALUES(14,'i13',0,'l1','p1','20 Yard Dumpster','','1','833.12',83312,0,NULL);
CREATE TABLE link (
	id INTEGER NOT NULL, 
	realm VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	sync_token VARCHAR NOT NULL, 
	body BLOB, 
	snapshot TEXT, 
	total_cents BIGINT, 
	fingerprint VARCHAR NOT NULL, 
	fingerprint_version INTEGER NOT NULL, 
	linked_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT uq_link_realm_kind_docket_id UNIQUE (realm, kind, docket_id), 
	CONSTRAINT ck_link_total_cents CHECK (typeof(total_cents) IN ('integer', 'null'))
);
INSERT INTO "link" VALUES(1,'9130000000000001','client','c1','Customer','101','created','0',X'7B22436F6D70616E794E616D65223A22436C69656E742031204C4C43222C22446973706C61794E616D65223A22436C69656E742031204C4C43222C224E6F746573223A22446F636B657420636C69656E742043315C6E5B646F636B65742D71626F207334647A73626E7936787964786F346C5D227D','{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 1 LLC","email":"","first_name":"","id":"c1","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}',NULL,'1:432c324a5d193e43bfd2eb27dea48281',1,'2026-11-23T09:00:06.000000Z','2026-11-23T09:00:06.000000Z');
INSERT INTO "link" VALUES(2,'9130000000000001','product','p1','Item','100','adopted','0',NULL,'{"category":"Dumpster","description":"","id":"p1","name":"20 Yard Dumpster","sku":"","taxable":false,"unit_price":"100"}',NULL,'1:e4e903c55b77aa43bb4e961be5b0c35a',1,'2026-11-23T09:00:06.300000Z','2026-11-23T09:00:06.300000Z');
INSERT INTO "link" VALUES(3,'9130000000000001','invoice','i6','Invoice','102','created','1',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C22446F634E756D626572223A22313036222C224C696E65223A5B7B22416D6F756E74223A3631362E30332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3631362E30337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130365C6E5B646F636B65742D71626F206F6974356B6C76726E63646F707372645D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c1","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i6","issued_on":"2026-10-05","lines":[{"amount":61603,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"616.03"}],"memo":"","number":"106","po_number":"","service_address_id":null,"subtotal":61603,"tax":0,"tax_lines":[],"terms_days":null,"total":61603}',61603,'1:55c88f8651206f3a52311e0d86b4b6ce',1,'2026-11-23T09:00:06.600000Z','2026-11-23T09:00:07.500000Z');
INSERT INTO "link" VALUES(4,'9130000000000001','payment','y3','Payment','103','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C224C696E65223A5B7B22416D6F756E74223A3631362E30332C224C696E6B656454786E223A5B7B2254786E4964223A22313032222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D33222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3320627920436865636B5C6E5B646F636B65742D71626F2065657175776537706C79726136656E625D222C22546F74616C416D74223A3631362E30332C2254786E44617465223A22323032362D31302D3035227D','{"allocations":[{"amount":61603,"invoice_id":"i6"}],"amount":61603,"client_id":"c1","id":"y3","method":"Check","number":"P-3","received_on":"2026-10-05","reference":""}',NULL,'1:efd3481488d1f3310732bb75f1332b81',1,'2026-11-23T09:00:07.200000Z','2026-11-23T09:00:07.800000Z');
INSERT INTO "link" VALUES(5,'9130000000000001','client','c2','Customer','104','created','0',X'7B22436F6D70616E794E616D65223A22436C69656E742032204C4C43222C22446973706C61794E616D65223A22436C69656E742032204C4C43222C224E6F746573223A22446F636B657420636C69656E742043325C6E5B646F636B65742D71626F206166346A346B70346C796C73796D68675D227D','{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 2 LLC","email":"","first_name":"","id":"c2","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}',NULL,'1:cea00cbf198ebd689521adec53460c68',1,'2026-11-23T09:00:09.300000Z','2026-11-23T09:00:09.300000Z');
INSERT INTO "link" VALUES(6,'9130000000000001','client','c0','Customer','105','created','0',X'7B22436F6D70616E794E616D65223A22436C69656E742030204C4C43222C22446973706C61794E616D65223A22436C69656E742030204C4C43222C224E6F746573223A22446F636B657420636C69656E742043305C6E5B646F636B65742D71626F206369656C6B32326C34646E69783336685D227D','{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 0 LLC","email":"","first_name":"","id":"c0","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}',NULL,'1:07069156bc3fc98a54599908f2b61100',1,'2026-11-23T09:00:09.600000Z','2026-11-23T09:00:09.600000Z');
INSERT INTO "link" VALUES(7,'9130000000000001','invoice','i0','Invoice','106','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313030222C224C696E65223A5B7B22416D6F756E74223A3331322E39302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3331322E39307D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130305C6E5B646F636B65742D71626F2078613736763565756A766F6E6A7232365D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i0","issued_on":"2026-10-05","lines":[{"amount":31290,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"312.9"}],"memo":"","number":"100","po_number":"","service_address_id":null,"subtotal":31290,"tax":0,"tax_lines":[],"terms_days":null,"total":31290}',31290,'1:018d1398afdfde939af4974699413ee4',1,'2026-11-23T09:00:09.900000Z','2026-11-23T09:00:09.900000Z');
INSERT INTO "link" VALUES(8,'9130000000000001','invoice','i1','Invoice','107','created','1',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313031222C224C696E65223A5B7B22416D6F756E74223A3731342E33332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3731342E33337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130315C6E5B646F636B65742D71626F203637717266736E673577797A78616E795D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i1","issued_on":"2026-10-05","lines":[{"amount":71433,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"714.33"}],"memo":"","number":"101","po_number":"","service_address_id":null,"subtotal":71433,"tax":0,"tax_lines":[],"terms_days":null,"total":71433}',71433,'1:f6df0196bbfe32a10b83096848f8393e',1,'2026-11-23T09:00:10.200000Z','2026-11-23T09:00:10.200000Z');
INSERT INTO "link" VALUES(9,'9130000000000001','invoice','i2','Invoice','108','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313032222C224C696E65223A5B7B22416D6F756E74223A3438352E39302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3438352E39307D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130325C6E5B646F636B65742D71626F2072686464326B326E72377A696B6834715D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i2","issued_on":"2026-10-05","lines":[{"amount":48590,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"485.9"}],"memo":"","number":"102","po_number":"","service_address_id":null,"subtotal":48590,"tax":0,"tax_lines":[],"terms_days":null,"total":48590}',48590,'1:5561db36f914550c236943b73368a753',1,'2026-11-23T09:00:10.200000Z','2026-11-23T09:00:10.200000Z');
INSERT INTO "link" VALUES(10,'9130000000000001','payment','y1','Payment','109','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C224C696E65223A5B7B22416D6F756E74223A3731342E33332C224C696E6B656454786E223A5B7B2254786E4964223A22313037222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D31222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3120627920436865636B5C6E5B646F636B65742D71626F2071336F34326132736E7A6E79786232355D222C22546F74616C416D74223A3731342E33332C2254786E44617465223A22323032362D31302D3035227D','{"allocations":[{"amount":71433,"invoice_id":"i1"}],"amount":71433,"client_id":"c0","id":"y1","method":"Check","number":"P-1","received_on":"2026-10-05","reference":""}',NULL,'1:105a3167bf5963c8de952eebc903819a',1,'2026-11-23T09:00:10.800000Z','2026-11-23T09:00:10.800000Z');
INSERT INTO "link" VALUES(11,'9130000000000001','refund','r1','CreditMemo','110','created','0',X'7B22437573746F6D65724D656D6F223A7B2276616C7565223A227069636B6564207570206C617465227D2C22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22522D31222C224C696E65223A5B7B22416D6F756E74223A312E30302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D7D7D5D2C22507269766174654E6F7465223A22446F636B657420726566756E6420522D3120627920436865636B5C6E526566756E64206F6620446F636B657420696E766F696365206E6F2E203130315C6E5B646F636B65742D71626F207372357868636C646F76773772686A6D5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"amount":100,"client_id":"c0","id":"r1","invoice_id":"i1","lines":[{"amount":100,"name":"20 Yard Dumpster","product_id":"p1","taxable":false}],"method":"Check","number":"R-1","payment_id":null,"reason":"picked up late","reference":"","refunded_on":"2026-10-05","tax":0}',NULL,'1:6f4a63643d72961729603055b1e4ac59',1,'2026-11-23T09:00:10.800000Z','2026-11-23T09:00:10.800000Z');
INSERT INTO "link" VALUES(12,'9130000000000001','invoice','i3','Invoice','111','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313033222C224C696E65223A5B7B22416D6F756E74223A3632322E33352C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3632322E33357D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130335C6E5B646F636B65742D71626F2074796932696D74786A723675706B626F5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i3","issued_on":"2026-10-05","lines":[{"amount":62235,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"622.35"}],"memo":"","number":"103","po_number":"","service_address_id":null,"subtotal":62235,"tax":0,"tax_lines":[],"terms_days":null,"total":62235}',62235,'1:b7f174104ff57b303ef7291309c2107b',1,'2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.100000Z');
INSERT INTO "link" VALUES(13,'9130000000000001','invoice','i4','Invoice','112','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313034222C224C696E65223A5B7B22416D6F756E74223A3736322E33332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3736322E33337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130345C6E5B646F636B65742D71626F20707337726D6132766B6D6A6B6C7A68725D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i4","issued_on":"2026-10-05","lines":[{"amount":76233,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"762.33"}],"memo":"","number":"104","po_number":"","service_address_id":null,"subtotal":76233,"tax":0,"tax_lines":[],"terms_days":null,"total":76233}',76233,'1:23cab2a9eda9e2deaf2d1fb50fa6a751',1,'2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.100000Z');
INSERT INTO "link" VALUES(14,'9130000000000001','refund','r3','CreditMemo','113','created','0',X'7B22437573746F6D65724D656D6F223A7B2276616C7565223A227069636B6564207570206C617465227D2C22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22522D33222C224C696E65223A5B7B22416D6F756E74223A312E30302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D7D7D5D2C22507269766174654E6F7465223A22446F636B657420726566756E6420522D3320627920436865636B5C6E526566756E64206F6620446F636B657420696E766F696365206E6F2E203130335C6E5B646F636B65742D71626F2075627362356A7A7077713233777464615D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"amount":100,"client_id":"c2","id":"r3","invoice_id":"i3","lines":[{"amount":100,"name":"20 Yard Dumpster","product_id":"p1","taxable":false}],"method":"Check","number":"R-3","payment_id":null,"reason":"picked up late","reference":"","refunded_on":"2026-10-05","tax":0}',NULL,'1:c6f0282e278d97b3c7b9fbf86e2e16e0',1,'2026-11-23T09:00:11.400000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "link" VALUES(15,'9130000000000001','invoice','i5','Invoice','114','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313035222C224C696E65223A5B7B22416D6F756E74223A3739342E37372C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3739342E37377D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130355C6E5B646F636B65742D71626F20363637656434726361693566377079645D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i5","issued_on":"2026-10-05","lines":[{"amount":79477,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"794.77"}],"memo":"","number":"105","po_number":"","service_address_id":null,"subtotal":79477,"tax":0,"tax_lines":[],"terms_days":null,"total":79477}',79477,'1:2edbfa89efca6f0be387d7db87df8582',1,'2026-11-23T09:00:11.400000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "link" VALUES(16,'9130000000000001','invoice','i10','Invoice','115','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C22446F634E756D626572223A2231303130222C224C696E65223A5B7B22416D6F756E74223A3732312E34312C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3732312E34317D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031305C6E5B646F636B65742D71626F20366873736866656E77697963727836705D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c1","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i10","issued_on":"2026-10-05","lines":[{"amount":72141,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"721.41"}],"memo":"","number":"1010","po_number":"","service_address_id":null,"subtotal":72141,"tax":0,"tax_lines":[],"terms_days":null,"total":72141}',72141,'1:49f6a12ad22ba5e4f80495ceba3d1297',1,'2026-11-23T09:00:12.300000Z','2026-11-23T09:00:12.300000Z');
INSERT INTO "link" VALUES(17,'9130000000000001','invoice','i11','Invoice','116','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A2231303131222C224C696E65223A5B7B22416D6F756E74223A3532312E35332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3532312E35337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031315C6E5B646F636B65742D71626F20657069756264706B7A696F66336E736D5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i11","issued_on":"2026-10-05","lines":[{"amount":52153,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"521.53"}],"memo":"","number":"1011","po_number":"","service_address_id":null,"subtotal":52153,"tax":0,"tax_lines":[],"terms_days":null,"total":52153}',52153,'1:ebbd67f0fe126bd59face8e12241d5c4',1,'2026-11-23T09:00:12.600000Z','2026-11-23T09:00:12.600000Z');
INSERT INTO "link" VALUES(18,'9130000000000001','invoice','i13','Invoice','118','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A2231303133222C224C696E65223A5B7B22416D6F756E74223A3833332E31322C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3833332E31327D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031335C6E5B646F636B65742D71626F206773336A6C6636727A6973756A706A665D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i13","issued_on":"2026-10-05","lines":[{"amount":83312,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"833.12"}],"memo":"","number":"1013","po_number":"","service_address_id":null,"subtotal":83312,"tax":0,"tax_lines":[],"terms_days":null,"total":83312}',83312,'1:fadda45f722075c54e2245f519b6c180',1,'2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.200000Z');
INSERT INTO "link" VALUES(19,'9130000000000001','invoice','i7','Invoice','119','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313037222C224C696E65223A5B7B22416D6F756E74223A3732322E39322C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3732322E39327D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130375C6E5B646F636B65742D71626F20626B7335616C337732673273646B71685D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i7","issued_on":"2026-10-05","lines":[{"amount":72292,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"722.92"}],"memo":"","number":"107","po_number":"","service_address_id":null,"subtotal":72292,"tax":0,"tax_lines":[],"terms_days":null,"total":72292}',72292,'1:9857814503ba0a7ef8fda76bac95385b',1,'2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.200000Z');
INSERT INTO "link" VALUES(20,'9130000000000001','payment','y4','Payment','120','created','0',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C224C696E65223A5B7B22416D6F756E74223A3732322E39322C224C696E6B656454786E223A5B7B2254786E4964223A22313139222C2254786E54797065223A22496E766F696365227D5D7D2C7B22416D6F756E74223A3736322E33332C224C696E6B656454786E223A5B7B2254786E4964223A22313132222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D34222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3420627920436865636B5C6E5B646F636B65742D71626F20366274616F32627469356A726F7933705D222C22546F74616C416D74223A313438352E32352C2254786E44617465223A22323032362D31302D3035227D','{"allocations":[{"amount":72292,"invoice_id":"i7"},{"amount":76233,"invoice_id":"i4"}],"amount":148525,"client_id":"c0","id":"y4","method":"Check","number":"P-4","received_on":"2026-10-05","reference":""}',NULL,'1:e2aa0ab4ad44e96d2a08c7d4e5e62c36',1,'2026-11-23T09:00:13.500000Z','2026-11-23T09:00:13.500000Z');
CREATE TABLE month_check (
	id INTEGER NOT NULL, 
	month VARCHAR NOT NULL, 
	checked_at TEXT NOT NULL, 
	name VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	figures TEXT NOT NULL, 
	records TEXT NOT NULL, 
	audit_head VARCHAR NOT NULL, 
	CONSTRAINT pk_month_check PRIMARY KEY (id)
);
CREATE TABLE observation (
	id INTEGER NOT NULL, 
	realm VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	sync_token VARCHAR NOT NULL, 
	removed VARCHAR NOT NULL, 
	body_sha256 VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	seen_at TEXT NOT NULL, 
	CONSTRAINT pk_observation PRIMARY KEY (id)
);
INSERT INTO "observation" VALUES(1,'9130000000000001','Item','100','0','','a144cf1b9e6cf7b5232a2a55850d8e1bb9b27cb58683ba7f4c909aac2cc80f73','query','2026-11-23T09:00:01.500000Z');
INSERT INTO "observation" VALUES(2,'9130000000000001','Customer','101','0','','3402afd6e818c65f00a7544182c46e7dd65cd68564f3bef6ff8691c82efa25ba','answer','2026-11-23T09:00:06.000000Z');
INSERT INTO "observation" VALUES(3,'9130000000000001','Invoice','102','0','','a9bf036cbf08f5b9a52b7f583462b3966f76804c26814dadecd04c5c229363eb','answer','2026-11-23T09:00:06.600000Z');
INSERT INTO "observation" VALUES(4,'9130000000000001','Payment','103','0','','ba695e17b5f42447e40689c95fe731c08c79c5328c31a9b833103486cf3699e9','answer','2026-11-23T09:00:07.200000Z');
INSERT INTO "observation" VALUES(5,'9130000000000001','Invoice','102','1','','0652c344f32c6e6b079017fdbab4da886b49390290115a154ab03caff1263025','answer','2026-11-23T09:00:07.500000Z');
INSERT INTO "observation" VALUES(6,'9130000000000001','Customer','104','0','','0c369a091b10e5d617ae56e9a3a90450cf481150aff56a69e314be13500240ae','answer','2026-11-23T09:00:09.300000Z');
INSERT INTO "observation" VALUES(7,'9130000000000001','Customer','105','0','','3ab62ec912f0603a6b0df39136d56d98639188b93674b5d5a28c95d930ea6e69','answer','2026-11-23T09:00:09.600000Z');
INSERT INTO "observation" VALUES(8,'9130000000000001','Invoice','106','0','','128cafc00cb2a21c56e35e7ea0ef0389a764babfc6ae1abbfa2c254b29b71df1','answer','2026-11-23T09:00:09.900000Z');
INSERT INTO "observation" VALUES(9,'9130000000000001','Invoice','107','0','','1b08515e9ca39e6487a3317cbccb244e3d9983cd0e20b1a9b5602cb57efc1814','answer','2026-11-23T09:00:10.200000Z');
INSERT INTO "observation" VALUES(10,'9130000000000001','Invoice','108','0','','f529a44f05afed0154972a9aa5967962d5204243a940903a1c5df01f2dc5e4f2','answer','2026-11-23T09:00:10.200000Z');
INSERT INTO "observation" VALUES(11,'9130000000000001','Payment','109','0','','6aff29712e1cacff466e9bd8b8882a843166c6429d1a7adcd8ded9c731c9a8a4','answer','2026-11-23T09:00:10.800000Z');
INSERT INTO "observation" VALUES(12,'9130000000000001','CreditMemo','110','0','','be1e9bc13e500f81aab95edec8e094799206131e65a823b5fb3c056b645cfc86','answer','2026-11-23T09:00:10.800000Z');
INSERT INTO "observation" VALUES(13,'9130000000000001','Invoice','111','0','','ee38798070983726a434d10d686991ffbad9387b893fc34fd2d820d0737ae122','answer','2026-11-23T09:00:11.100000Z');
INSERT INTO "observation" VALUES(14,'9130000000000001','Invoice','112','0','','cc9f158ef519ad968e15d7d88b65356502c4db2871daa401a291d1e5ba86cbb0','answer','2026-11-23T09:00:11.100000Z');
INSERT INTO "observation" VALUES(15,'9130000000000001','CreditMemo','113','0','','2609ce8bcfe5a2e33788fd532ed58c5d554b06c4a05e88bee28944942d780eb3','answer','2026-11-23T09:00:11.400000Z');
INSERT INTO "observation" VALUES(16,'9130000000000001','Invoice','114','0','','1020cb2f3ff8a87f5e5c2bc8ba32e5857b7fd486e5291bf53ac9b00916f7d412','answer','2026-11-23T09:00:11.400000Z');
INSERT INTO "observation" VALUES(17,'9130000000000001','Invoice','107','1','','0914615b282f2a2408be4451e48cad56f7a8947b41ea3b3c7e3d23716feda548','cdc','2026-11-23T09:00:11.700000Z');
INSERT INTO "observation" VALUES(18,'9130000000000001','Invoice','115','0','','51ab689cca3f1f623e3251b0ee8eb0aa8684889c4bed037b2bbd838a8b8b7b7d','answer','2026-11-23T09:00:12.300000Z');
INSERT INTO "observation" VALUES(19,'9130000000000001','Invoice','116','0','','af84d7f7f1c207159f90c9c4485131230e8519b11b1beafa8a905b15faac7371','answer','2026-11-23T09:00:12.600000Z');
INSERT INTO "observation" VALUES(20,'9130000000000001','Invoice','118','0','','86e9e16293a48f34b5f1c3809c8bf6b5d14922f2a342d46f6006032dc5811bf4','answer','2026-11-23T09:00:13.200000Z');
INSERT INTO "observation" VALUES(21,'9130000000000001','Invoice','119','0','','d55ef0aa78f94e78b6e6312c0d5ac74a346f2a05a35151ac509650ddd6f8aaf9','answer','2026-11-23T09:00:13.200000Z');
INSERT INTO "observation" VALUES(22,'9130000000000001','Payment','120','0','','fe8d8af34fb3e21644e6501cde3a614cdbfec998943331566b39fc29dff00f57','answer','2026-11-23T09:00:13.500000Z');
CREATE TABLE payment (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	client_docket_id VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	received_on TEXT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	updated_at TEXT NOT NULL, 
	voided_at TEXT, 
	deleted_at TEXT, 
	CONSTRAINT pk_payment PRIMARY KEY (id), 
	CONSTRAINT uq_payment_docket_id UNIQUE (docket_id), 
	CONSTRAINT ck_payment_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "payment" VALUES(1,'y0','P-0','c2','Check','','2026-10-05',142115,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(2,'y1','P-1','c0','Check','','2026-10-05',71433,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(3,'y2','P-2','c0','Check','','2026-10-05',79477,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(4,'y3','P-3','c1','Check','','2026-10-05',61603,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(5,'y4','P-4','c0','Check','','2026-10-05',148525,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(6,'y5','P-5','c2','Check','','2026-10-05',139123,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(7,'y6','P-6','c1','Check','','2026-10-05',72141,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "payment" VALUES(8,'y7','P-7','c0','Check','','2026-10-05',103153,'','settled','2026-10-01T12:00:00.000000Z',NULL,NULL);
CREATE TABLE payment_allocation (
	id INTEGER NOT NULL, 
	payment_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_payment_allocation PRIMARY KEY (id), 
	CONSTRAINT fk_payment_allocation_payment_docket_id FOREIGN KEY(payment_docket_id) REFERENCES payment (docket_id), 
	CONSTRAINT ck_payment_allocation_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "payment_allocation" VALUES(1,'y0',0,'i0',31290);
INSERT INTO "payment_allocation" VALUES(2,'y0',1,'i2',48590);
INSERT INTO "payment_allocation" VALUES(3,'y0',2,'i3',62235);
INSERT INTO "payment_allocation" VALUES(4,'y1',0,'i1',71433);
INSERT INTO "payment_allocation" VALUES(5,'y2',0,'i5',79477);
INSERT INTO "payment_allocation" VALUES(6,'y3',0,'i6',61603);
INSERT INTO "payment_allocation" VALUES(7,'y4',0,'i7',72292);
INSERT INTO "payment_allocation" VALUES(8,'y4',1,'i4',76233);
INSERT INTO "payment_allocation" VALUES(9,'y5',0,'i8',25232);
INSERT INTO "payment_allocation" VALUES(10,'y5',1,'i9',61738);
INSERT INTO "payment_allocation" VALUES(11,'y5',2,'i11',52153);
INSERT INTO "payment_allocation" VALUES(12,'y6',0,'i10',72141);
INSERT INTO "payment_allocation" VALUES(13,'y7',0,'i12',19841);
INSERT INTO "payment_allocation" VALUES(14,'y7',1,'i13',83312);
CREATE TABLE posting (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	realm VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	operation VARCHAR NOT NULL, 
	generation INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	"plan" TEXT NOT NULL, 
	plan_sha256 VARCHAR NOT NULL, 
	body BLOB, 
	body_sha256 VARCHAR NOT NULL, 
	request_id VARCHAR NOT NULL, 
	marker VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	first_sent_at TEXT, 
	last_sent_at TEXT, 
	next_try_at TEXT, 
	lease_owner VARCHAR NOT NULL, 
	lease_until TEXT, 
	fence INTEGER NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	sync_token VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	fault_code VARCHAR NOT NULL, 
	detail TEXT, 
	created_at TEXT NOT NULL, 
	changed_at TEXT NOT NULL, 
	CONSTRAINT pk_posting PRIMARY KEY (id), 
	CONSTRAINT uq_posting_realm_kind_docket_id_operation_generation UNIQUE (realm, kind, docket_id, operation, generation), 
	CONSTRAINT uq_posting_realm_request_id UNIQUE (realm, request_id), 
	CONSTRAINT fk_posting_run_id FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT ck_posting_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "posting" VALUES(1,1,'9130000000000001','client','c1','i6','Customer','create',0,'customer Client 1 LLC',0,'','CONFIRMED','{"fingerprint":"1:432c324a5d193e43bfd2eb27dea48281","planned":{"adopts":"","amount":0,"body":{"CompanyName":"Client 1 LLC","DisplayName":"Client 1 LLC","Notes":"Docket client C1\n[docket-qbo s4dzsbny6xydxo4l]"},"docket_id":"c1","entity":"Customer","generation":0,"invoice_id":"i6","kind":"client","label":"customer Client 1 LLC","needs":[],"operation":"create","uses_choice":null},"snapshot":{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 1 LLC","email":"","first_name":"","id":"c1","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}}','c5dc975d147edb5d77969048e220d6fb2371fa083b82c5e2bcc9a0c37a25abe0',X'7B22436F6D70616E794E616D65223A22436C69656E742031204C4C43222C22446973706C61794E616D65223A22436C69656E742031204C4C43222C224E6F746573223A22446F636B657420636C69656E742043315C6E5B646F636B65742D71626F207334647A73626E7936787964786F346C5D227D','eb6febb37811d987df2482746387e5841c3c47d4afa566f8ae96543b38ddd4f7','s4dzsbny6xydxo4lghd2vck7pu5evxxq','[docket-qbo s4dzsbny6xydxo4l]',1,'2026-11-23T09:00:05.700000Z','2026-11-23T09:00:05.700000Z',NULL,'',NULL,1,'101','0','','','{"adopted":false,"compared":[["name","Client 1 LLC","Client 1 LLC",true]],"found":false,"held":0}','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:06.000000Z');
INSERT INTO "posting" VALUES(2,1,'9130000000000001','product','p1','i6','Item','create',0,'product/service 20 Yard Dumpster',0,'','CONFIRMED','{"fingerprint":"1:e4e903c55b77aa43bb4e961be5b0c35a","planned":{"adopts":"100","amount":0,"body":{"Name":"20 Yard Dumpster"},"docket_id":"p1","entity":"Item","generation":0,"invoice_id":"i6","kind":"product","label":"product/service 20 Yard Dumpster","needs":[],"operation":"create","uses_choice":null},"snapshot":{"category":"Dumpster","description":"","id":"p1","name":"20 Yard Dumpster","sku":"","taxable":false,"unit_price":"100"}}','c93649735c52dfbcbcd792874a332da0ff25c0ed52365a37bc2bdcabb63ba265',NULL,'','adb2rhjtyri77wjbkt3nmh5e4njaev4k','[docket-qbo adb2rhjtyri77wjb]',0,NULL,NULL,NULL,'',NULL,0,'100','0','','','{"adopted":true,"compared":[],"found":false,"held":0}','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:06.300000Z');
INSERT INTO "posting" VALUES(3,1,'9130000000000001','invoice','i6','i6','Invoice','create',0,'invoice 106',61603,'','CONFIRMED','{"fingerprint":"1:55c88f8651206f3a52311e0d86b4b6ce","planned":{"adopts":"","amount":61603,"body":{"CustomerRef":{"name":"Client 1 LLC","value":"@client:c1"},"DocNumber":"106","Line":[{"Amount":616.03,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":616.03}}],"PrivateNote":"Docket invoice no. 106\n[docket-qbo oit5klvrncdopsrd]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i6","entity":"Invoice","generation":0,"invoice_id":"i6","kind":"invoice","label":"invoice 106","needs":[["client","c1"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c1","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i6","issued_on":"2026-10-05","lines":[{"amount":61603,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"616.03"}],"memo":"","number":"106","po_number":"","service_address_id":null,"subtotal":61603,"tax":0,"tax_lines":[],"terms_days":null,"total":61603}}','26583c57987c4ec0873c01582a5a4db79307a0510399280e2dec7b7b9c495367',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C22446F634E756D626572223A22313036222C224C696E65223A5B7B22416D6F756E74223A3631362E30332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3631362E30337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130365C6E5B646F636B65742D71626F206F6974356B6C76726E63646F707372645D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','c04390f1d9c0d5866e3352cbe4cd161f13d683928c0131fbbdf8b53fdb9dd186','oit5klvrncdopsrd2jslflmyzuaala2r','[docket-qbo oit5klvrncdopsrd]',1,'2026-11-23T09:00:06.300000Z','2026-11-23T09:00:06.300000Z',NULL,'',NULL,1,'102','0','','','{"adopted":false,"compared":[["customer","Client 1 LLC","Client 1 LLC",true],["invoice no.","106","106",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","616.03","616.03",true],["total","616.03","616.03",true],["still open","616.03","616.03",true]],"found":false,"held":61603}','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:06.600000Z');
INSERT INTO "posting" VALUES(4,1,'9130000000000001','payment','y3','i6','Payment','create',0,'payment by Check P-3',61603,'','CONFIRMED','{"fingerprint":"1:efd3481488d1f3310732bb75f1332b81","planned":{"adopts":"","amount":61603,"body":{"CustomerRef":{"name":"Client 1 LLC","value":"@client:c1"},"Line":[{"Amount":616.03,"LinkedTxn":[{"TxnId":"@invoice:i6","TxnType":"Invoice"}]}],"PaymentRefNum":"P-3","PrivateNote":"Docket payment P-3 by Check\n[docket-qbo eequwe7plyra6enb]","TotalAmt":616.03,"TxnDate":"2026-10-05"},"docket_id":"y3","entity":"Payment","generation":0,"invoice_id":"i6","kind":"payment","label":"payment by Check P-3","needs":[["client","c1"],["invoice","i6"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":61603,"invoice_id":"i6"}],"amount":61603,"client_id":"c1","id":"y3","method":"Check","number":"P-3","received_on":"2026-10-05","reference":""}}','14be16cff164cd3743db04fd447dedda4c173b5aafe1bd3b985b391d64a2d4ea',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C224C696E65223A5B7B22416D6F756E74223A3631362E30332C224C696E6B656454786E223A5B7B2254786E4964223A22313032222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D33222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3320627920436865636B5C6E5B646F636B65742D71626F2065657175776537706C79726136656E625D222C22546F74616C416D74223A3631362E30332C2254786E44617465223A22323032362D31302D3035227D','265312a7ebcc097d6812f4040c5d4261106f55d10a7b8c972be41cefac95ef5e','eequwe7plyra6enbacn4imqwvd362uqk','[docket-qbo eequwe7plyra6enb]',1,'2026-11-23T09:00:06.900000Z','2026-11-23T09:00:06.900000Z',NULL,'',NULL,1,'103','0','','','{"adopted":false,"compared":[["customer","Client 1 LLC","Client 1 LLC",true],["date","2026-10-05","2026-10-05",true],["reference","P-3","P-3",true],["total","616.03","616.03",true],["applied to the invoice","616.03","616.03",true],["not applied","0.00","0.00",true]],"found":false,"held":61603}','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:07.200000Z');
INSERT INTO "posting" VALUES(5,2,'9130000000000001','client','c2','i0','Customer','create',0,'customer Client 2 LLC',0,'','CONFIRMED','{"fingerprint":"1:cea00cbf198ebd689521adec53460c68","planned":{"adopts":"","amount":0,"body":{"CompanyName":"Client 2 LLC","DisplayName":"Client 2 LLC","Notes":"Docket client C2\n[docket-qbo af4j4kp4lylsymhg]"},"docket_id":"c2","entity":"Customer","generation":0,"invoice_id":"i0","kind":"client","label":"customer Client 2 LLC","needs":[],"operation":"create","uses_choice":null},"snapshot":{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 2 LLC","email":"","first_name":"","id":"c2","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}}','e782b16cdf3e2c03af16338689788475f20d3c1beecb474640845cfa3048ed05',X'7B22436F6D70616E794E616D65223A22436C69656E742032204C4C43222C22446973706C61794E616D65223A22436C69656E742032204C4C43222C224E6F746573223A22446F636B657420636C69656E742043325C6E5B646F636B65742D71626F206166346A346B70346C796C73796D68675D227D','9a75bcd157b729872e50b5e9ce6102465eaf0d9b821085313fd6f60db2b63d24','af4j4kp4lylsymhg26cykepfdr44wmtm','[docket-qbo af4j4kp4lylsymhg]',1,'2026-11-23T09:00:09.000000Z','2026-11-23T09:00:09.000000Z',NULL,'',NULL,1,'104','0','','','{"adopted":false,"compared":[["name","Client 2 LLC","Client 2 LLC",true]],"found":false,"held":0}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:09.300000Z');
INSERT INTO "posting" VALUES(6,2,'9130000000000001','invoice','i0','i0','Invoice','create',0,'invoice 100',31290,'','CONFIRMED','{"fingerprint":"1:018d1398afdfde939af4974699413ee4","planned":{"adopts":"","amount":31290,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"@client:c2"},"DocNumber":"100","Line":[{"Amount":312.90,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":312.90}}],"PrivateNote":"Docket invoice no. 100\n[docket-qbo xa76v5eujvonjr26]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i0","entity":"Invoice","generation":0,"invoice_id":"i0","kind":"invoice","label":"invoice 100","needs":[["client","c2"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i0","issued_on":"2026-10-05","lines":[{"amount":31290,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"312.9"}],"memo":"","number":"100","po_number":"","service_address_id":null,"subtotal":31290,"tax":0,"tax_lines":[],"terms_days":null,"total":31290}}','cecf3331edbf377b22a5bed78b9a7fec80bc7715f69166063425b5c97940a4d8',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313030222C224C696E65223A5B7B22416D6F756E74223A3331322E39302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3331322E39307D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130305C6E5B646F636B65742D71626F2078613736763565756A766F6E6A7232365D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','b21c667fe63ad7811aa9daece9c45fbf4c98a812cdc956aefc569809f9cc6a97','xa76v5eujvonjr26en47tmgf3yel6rpj','[docket-qbo xa76v5eujvonjr26]',1,'2026-11-23T09:00:09.600000Z','2026-11-23T09:00:09.600000Z',NULL,'',NULL,1,'106','0','','','{"adopted":false,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","100","100",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","312.90","312.90",true],["total","312.90","312.90",true],["still open","312.90","312.90",true]],"found":false,"held":31290}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:09.900000Z');
INSERT INTO "posting" VALUES(7,2,'9130000000000001','client','c0','i1','Customer','create',0,'customer Client 0 LLC',0,'','CONFIRMED','{"fingerprint":"1:07069156bc3fc98a54599908f2b61100","planned":{"adopts":"","amount":0,"body":{"CompanyName":"Client 0 LLC","DisplayName":"Client 0 LLC","Notes":"Docket client C0\n[docket-qbo cielk22l4dnix36h]"},"docket_id":"c0","entity":"Customer","generation":0,"invoice_id":"i1","kind":"client","label":"customer Client 0 LLC","needs":[],"operation":"create","uses_choice":null},"snapshot":{"billing":{"city":"","line1":"","line2":"","postal_code":"","state":""},"company_name":"Client 0 LLC","email":"","first_name":"","id":"c0","last_name":"","phone":"","service_addresses":[],"tax_exempt":false}}','fe52b954564d11bbe02c13af0429f8bf2a6a17a1918a4d340b655c2aa438bd6f',X'7B22436F6D70616E794E616D65223A22436C69656E742030204C4C43222C22446973706C61794E616D65223A22436C69656E742030204C4C43222C224E6F746573223A22446F636B657420636C69656E742043305C6E5B646F636B65742D71626F206369656C6B32326C34646E69783336685D227D','d1bb6e77708b2438152675c03a706ee203653001dc739ababba91566560766ab','cielk22l4dnix36hniqgdla54pgs4t74','[docket-qbo cielk22l4dnix36h]',1,'2026-11-23T09:00:09.300000Z','2026-11-23T09:00:09.300000Z',NULL,'',NULL,1,'105','0','','','{"adopted":false,"compared":[["name","Client 0 LLC","Client 0 LLC",true]],"found":false,"held":0}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:09.600000Z');
INSERT INTO "posting" VALUES(8,2,'9130000000000001','invoice','i1','i1','Invoice','create',0,'invoice 101',71433,'','CONFIRMED','{"fingerprint":"1:f6df0196bbfe32a10b83096848f8393e","planned":{"adopts":"","amount":71433,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"DocNumber":"101","Line":[{"Amount":714.33,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":714.33}}],"PrivateNote":"Docket invoice no. 101\n[docket-qbo 67qrfsng5wyzxany]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i1","entity":"Invoice","generation":0,"invoice_id":"i1","kind":"invoice","label":"invoice 101","needs":[["client","c0"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i1","issued_on":"2026-10-05","lines":[{"amount":71433,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"714.33"}],"memo":"","number":"101","po_number":"","service_address_id":null,"subtotal":71433,"tax":0,"tax_lines":[],"terms_days":null,"total":71433}}','8131ee94f8d94b3313c8eac01e3a41bf703cc56bd384943314ec35a5db318f50',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313031222C224C696E65223A5B7B22416D6F756E74223A3731342E33332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3731342E33337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130315C6E5B646F636B65742D71626F203637717266736E673577797A78616E795D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','68b69e9cc0e72c11dde0e4cdef67bbb49e460db9360d9f7a5cb98e1c8e0d5b40','67qrfsng5wyzxanytua7uruqwpur6wec','[docket-qbo 67qrfsng5wyzxany]',1,'2026-11-23T09:00:09.900000Z','2026-11-23T09:00:09.900000Z',NULL,'',NULL,1,'107','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","101","101",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","714.33","714.33",true],["total","714.33","714.33",true],["still open","714.33","714.33",true]],"found":false,"held":71433}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:10.200000Z');
INSERT INTO "posting" VALUES(9,2,'9130000000000001','payment','y1','i1','Payment','create',0,'payment by Check P-1',71433,'','CONFIRMED','{"fingerprint":"1:105a3167bf5963c8de952eebc903819a","planned":{"adopts":"","amount":71433,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"Line":[{"Amount":714.33,"LinkedTxn":[{"TxnId":"@invoice:i1","TxnType":"Invoice"}]}],"PaymentRefNum":"P-1","PrivateNote":"Docket payment P-1 by Check\n[docket-qbo q3o42a2snznyxb25]","TotalAmt":714.33,"TxnDate":"2026-10-05"},"docket_id":"y1","entity":"Payment","generation":0,"invoice_id":"i1","kind":"payment","label":"payment by Check P-1","needs":[["client","c0"],["invoice","i1"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":71433,"invoice_id":"i1"}],"amount":71433,"client_id":"c0","id":"y1","method":"Check","number":"P-1","received_on":"2026-10-05","reference":""}}','3c400bd5225a675a2b9d1b9c3e04c05ae3fd0da4b9996fb8f984a41c92666109',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C224C696E65223A5B7B22416D6F756E74223A3731342E33332C224C696E6B656454786E223A5B7B2254786E4964223A22313037222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D31222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3120627920436865636B5C6E5B646F636B65742D71626F2071336F34326132736E7A6E79786232355D222C22546F74616C416D74223A3731342E33332C2254786E44617465223A22323032362D31302D3035227D','165a4d77c0bb7daab677f99b266faad8fcce2755ea20e162bb01bcfc4fc4584a','q3o42a2snznyxb25ruiy4np3qzfdrahd','[docket-qbo q3o42a2snznyxb25]',1,'2026-11-23T09:00:10.500000Z','2026-11-23T09:00:10.500000Z',NULL,'',NULL,1,'109','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["date","2026-10-05","2026-10-05",true],["reference","P-1","P-1",true],["total","714.33","714.33",true],["applied to the invoice","714.33","714.33",true],["not applied","0.00","0.00",true]],"found":false,"held":71433}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:10.800000Z');
INSERT INTO "posting" VALUES(10,2,'9130000000000001','refund','r1','i1','CreditMemo','create',0,'refund R-1',100,'','CONFIRMED','{"fingerprint":"1:6f4a63643d72961729603055b1e4ac59","planned":{"adopts":"","amount":100,"body":{"CustomerMemo":{"value":"picked up late"},"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"DocNumber":"R-1","Line":[{"Amount":1.00,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"TaxCodeRef":{"value":"NON"}}}],"PrivateNote":"Docket refund R-1 by Check\nRefund of Docket invoice no. 101\n[docket-qbo sr5xhcldovw7rhjm]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"r1","entity":"CreditMemo","generation":0,"invoice_id":"i1","kind":"refund","label":"refund R-1","needs":[["invoice","i1"],["client","c0"]],"operation":"create","uses_choice":null},"snapshot":{"amount":100,"client_id":"c0","id":"r1","invoice_id":"i1","lines":[{"amount":100,"name":"20 Yard Dumpster","product_id":"p1","taxable":false}],"method":"Check","number":"R-1","payment_id":null,"reason":"picked up late","reference":"","refunded_on":"2026-10-05","tax":0}}','fab79a170262d56c371fc1a13400552ab81e958d52f1df5ab9eda772bbf22ae6',X'7B22437573746F6D65724D656D6F223A7B2276616C7565223A227069636B6564207570206C617465227D2C22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22522D31222C224C696E65223A5B7B22416D6F756E74223A312E30302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D7D7D5D2C22507269766174654E6F7465223A22446F636B657420726566756E6420522D3120627920436865636B5C6E526566756E64206F6620446F636B657420696E766F696365206E6F2E203130315C6E5B646F636B65742D71626F207372357868636C646F76773772686A6D5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','a1edf718be09f4aa1c098156007912dac1c86a44f4d84eae6f927b30a456a516','sr5xhcldovw7rhjm2567zb3bdompr7nr','[docket-qbo sr5xhcldovw7rhjm]',1,'2026-11-23T09:00:10.500000Z','2026-11-23T09:00:10.500000Z',NULL,'',NULL,1,'110','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","R-1","R-1",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","1.00","1.00",true],["total","1.00","1.00",true]],"found":false,"held":100}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:10.800000Z');
INSERT INTO "posting" VALUES(11,2,'9130000000000001','invoice','i2','i2','Invoice','create',0,'invoice 102',48590,'','HOLD','{"fingerprint":"1:5561db36f914550c236943b73368a753","planned":{"adopts":"","amount":48590,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"@client:c2"},"DocNumber":"102","Line":[{"Amount":485.90,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":485.90}}],"PrivateNote":"Docket invoice no. 102\n[docket-qbo rhdd2k2nr7zikh4q]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i2","entity":"Invoice","generation":0,"invoice_id":"i2","kind":"invoice","label":"invoice 102","needs":[["client","c2"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i2","issued_on":"2026-10-05","lines":[{"amount":48590,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"485.9"}],"memo":"","number":"102","po_number":"","service_address_id":null,"subtotal":48590,"tax":0,"tax_lines":[],"terms_days":null,"total":48590}}','fa8348a4b3a5ad99cb6a785b9360522f7ef4e885d0572dd38a58eba187deb276',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313032222C224C696E65223A5B7B22416D6F756E74223A3438352E39302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3438352E39307D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130325C6E5B646F636B65742D71626F2072686464326B326E72377A696B6834715D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','abaf908bb382c0e57795eec0b425d58d74434a5b5a5aaf8a0cf00915e52ef657','rhdd2k2nr7zikh4qg6zml5eibwjhwob3','[docket-qbo rhdd2k2nr7zikh4q]',1,'2026-11-23T09:00:09.900000Z','2026-11-23T09:00:09.900000Z',NULL,'',NULL,1,'108','0','invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90.','differs','{"adopted":false,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","102","102",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","485.90","485.90",true],["total","485.90","486.90",false],["still open","485.90","485.90",true]],"found":false,"held":48690}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:10.200000Z');
INSERT INTO "posting" VALUES(12,2,'9130000000000001','invoice','i3','i3','Invoice','create',0,'invoice 103',62235,'','CONFIRMED','{"fingerprint":"1:b7f174104ff57b303ef7291309c2107b","planned":{"adopts":"","amount":62235,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"@client:c2"},"DocNumber":"103","Line":[{"Amount":622.35,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":622.35}}],"PrivateNote":"Docket invoice no. 103\n[docket-qbo tyi2imtxjr6upkbo]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i3","entity":"Invoice","generation":0,"invoice_id":"i3","kind":"invoice","label":"invoice 103","needs":[["client","c2"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i3","issued_on":"2026-10-05","lines":[{"amount":62235,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"622.35"}],"memo":"","number":"103","po_number":"","service_address_id":null,"subtotal":62235,"tax":0,"tax_lines":[],"terms_days":null,"total":62235}}','2290c16767787e3536345d4a7f170d5f844e11b867b9337c7088a7e278d46487',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313033222C224C696E65223A5B7B22416D6F756E74223A3632322E33352C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3632322E33357D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130335C6E5B646F636B65742D71626F2074796932696D74786A723675706B626F5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','9397f82ecb4345d7cb4eddfd01ba184b5ee0034af937f131c5dad32421943f35','tyi2imtxjr6upkbopremfp5dq4ehxkhn','[docket-qbo tyi2imtxjr6upkbo]',1,'2026-11-23T09:00:10.800000Z','2026-11-23T09:00:10.800000Z',NULL,'',NULL,1,'111','0','','','{"adopted":false,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","103","103",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","622.35","622.35",true],["total","622.35","622.35",true],["still open","622.35","622.35",true]],"found":false,"held":62235}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.100000Z');
INSERT INTO "posting" VALUES(13,2,'9130000000000001','payment','y0','i3','Payment','create',0,'payment by Check P-0',142115,'','DRAFT','{"fingerprint":"1:e50b3383d5ba7690a65e8f2a81427db5","planned":{"adopts":"","amount":142115,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"@client:c2"},"Line":[{"Amount":312.90,"LinkedTxn":[{"TxnId":"@invoice:i0","TxnType":"Invoice"}]},{"Amount":485.90,"LinkedTxn":[{"TxnId":"@invoice:i2","TxnType":"Invoice"}]},{"Amount":622.35,"LinkedTxn":[{"TxnId":"@invoice:i3","TxnType":"Invoice"}]}],"PaymentRefNum":"P-0","PrivateNote":"Docket payment P-0 by Check\n[docket-qbo dszgf3fx5wqyticc]","TotalAmt":1421.15,"TxnDate":"2026-10-05"},"docket_id":"y0","entity":"Payment","generation":0,"invoice_id":"i3","kind":"payment","label":"payment by Check P-0","needs":[["client","c2"],["invoice","i0"],["invoice","i2"],["invoice","i3"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":31290,"invoice_id":"i0"},{"amount":48590,"invoice_id":"i2"},{"amount":62235,"invoice_id":"i3"}],"amount":142115,"client_id":"c2","id":"y0","method":"Check","number":"P-0","received_on":"2026-10-05","reference":""}}','036061af183b241e5b1cf853bb69f719b60bfc4d73b6cc5de95967e5fd651770',NULL,'','dszgf3fx5wqyticcuzeuj22jix3el7me','[docket-qbo dszgf3fx5wqyticc]',0,NULL,NULL,NULL,'',NULL,1,'','','waits for invoice 102, which needs you','',NULL,'2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "posting" VALUES(14,2,'9130000000000001','refund','r3','i3','CreditMemo','create',0,'refund R-3',100,'','CONFIRMED','{"fingerprint":"1:c6f0282e278d97b3c7b9fbf86e2e16e0","planned":{"adopts":"","amount":100,"body":{"CustomerMemo":{"value":"picked up late"},"CustomerRef":{"name":"Client 2 LLC","value":"@client:c2"},"DocNumber":"R-3","Line":[{"Amount":1.00,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"TaxCodeRef":{"value":"NON"}}}],"PrivateNote":"Docket refund R-3 by Check\nRefund of Docket invoice no. 103\n[docket-qbo ubsb5jzpwq23wtda]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"r3","entity":"CreditMemo","generation":0,"invoice_id":"i3","kind":"refund","label":"refund R-3","needs":[["invoice","i3"],["client","c2"]],"operation":"create","uses_choice":null},"snapshot":{"amount":100,"client_id":"c2","id":"r3","invoice_id":"i3","lines":[{"amount":100,"name":"20 Yard Dumpster","product_id":"p1","taxable":false}],"method":"Check","number":"R-3","payment_id":null,"reason":"picked up late","reference":"","refunded_on":"2026-10-05","tax":0}}','2e6a4686d5cffc86f8a9c866cf7c737dc97dce5d63d71bfa46b8c93517c1e201',X'7B22437573746F6D65724D656D6F223A7B2276616C7565223A227069636B6564207570206C617465227D2C22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22522D33222C224C696E65223A5B7B22416D6F756E74223A312E30302C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D7D7D5D2C22507269766174654E6F7465223A22446F636B657420726566756E6420522D3320627920436865636B5C6E526566756E64206F6620446F636B657420696E766F696365206E6F2E203130335C6E5B646F636B65742D71626F2075627362356A7A7077713233777464615D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','b02b41a04a8bfc1aba418809c8839ba3f3c6a874291a0b7aa1b99b4273482fdc','ubsb5jzpwq23wtda43ptvo6dgchtiyhw','[docket-qbo ubsb5jzpwq23wtda]',1,'2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.100000Z',NULL,'',NULL,1,'113','0','','','{"adopted":false,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","R-3","R-3",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","1.00","1.00",true],["total","1.00","1.00",true]],"found":false,"held":100}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "posting" VALUES(15,2,'9130000000000001','invoice','i4','i4','Invoice','create',0,'invoice 104',76233,'','CONFIRMED','{"fingerprint":"1:23cab2a9eda9e2deaf2d1fb50fa6a751","planned":{"adopts":"","amount":76233,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"DocNumber":"104","Line":[{"Amount":762.33,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":762.33}}],"PrivateNote":"Docket invoice no. 104\n[docket-qbo ps7rma2vkmjklzhr]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i4","entity":"Invoice","generation":0,"invoice_id":"i4","kind":"invoice","label":"invoice 104","needs":[["client","c0"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i4","issued_on":"2026-10-05","lines":[{"amount":76233,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"762.33"}],"memo":"","number":"104","po_number":"","service_address_id":null,"subtotal":76233,"tax":0,"tax_lines":[],"terms_days":null,"total":76233}}','b7383ba8abfa99160a014b9dc60fe06363fbcd0b351df393190f502025a091d9',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313034222C224C696E65223A5B7B22416D6F756E74223A3736322E33332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3736322E33337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130345C6E5B646F636B65742D71626F20707337726D6132766B6D6A6B6C7A68725D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','fba09cc2451b82ed33616605dcb8ae1e6bf3fa4cfefff00efeabf136437c2d33','ps7rma2vkmjklzhru5kvlra3hx62g2x4','[docket-qbo ps7rma2vkmjklzhr]',1,'2026-11-23T09:00:10.800000Z','2026-11-23T09:00:10.800000Z',NULL,'',NULL,1,'112','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","104","104",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","762.33","762.33",true],["total","762.33","762.33",true],["still open","762.33","762.33",true]],"found":false,"held":76233}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.100000Z');
INSERT INTO "posting" VALUES(16,2,'9130000000000001','invoice','i5','i5','Invoice','create',0,'invoice 105',79477,'','HOLD','{"fingerprint":"1:2edbfa89efca6f0be387d7db87df8582","planned":{"adopts":"","amount":79477,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"DocNumber":"105","Line":[{"Amount":794.77,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":794.77}}],"PrivateNote":"Docket invoice no. 105\n[docket-qbo 667ed4rcai5f7pyd]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i5","entity":"Invoice","generation":0,"invoice_id":"i5","kind":"invoice","label":"invoice 105","needs":[["client","c0"]],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i5","issued_on":"2026-10-05","lines":[{"amount":79477,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"794.77"}],"memo":"","number":"105","po_number":"","service_address_id":null,"subtotal":79477,"tax":0,"tax_lines":[],"terms_days":null,"total":79477}}','e56f8d34719b3d7fd27423f5455db05722274b6b183b2618b227d1e5360d59b1',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313035222C224C696E65223A5B7B22416D6F756E74223A3739342E37372C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3739342E37377D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130355C6E5B646F636B65742D71626F20363637656434726361693566377079645D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','07bc86d1171ed787591d89c8e772352e72fa0ef3a591a55451e2f4916191d340','667ed4rcai5f7pydtr6ujwltap2x3obi','[docket-qbo 667ed4rcai5f7pyd]',1,'2026-11-23T09:00:11.100000Z','2026-11-23T09:00:11.100000Z',NULL,'',NULL,1,'114','0','invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77.','differs','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","105","105",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","794.77","794.77",true],["total","794.77","795.77",false],["still open","794.77","794.77",true]],"found":false,"held":79577}','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "posting" VALUES(17,2,'9130000000000001','payment','y2','i5','Payment','create',0,'payment by Check P-2',79477,'','DRAFT','{"fingerprint":"1:ab893c6a6d750e91131b47afb9371108","planned":{"adopts":"","amount":79477,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"@client:c0"},"Line":[{"Amount":794.77,"LinkedTxn":[{"TxnId":"@invoice:i5","TxnType":"Invoice"}]}],"PaymentRefNum":"P-2","PrivateNote":"Docket payment P-2 by Check\n[docket-qbo u24crb2u2jm4xqiw]","TotalAmt":794.77,"TxnDate":"2026-10-05"},"docket_id":"y2","entity":"Payment","generation":0,"invoice_id":"i5","kind":"payment","label":"payment by Check P-2","needs":[["client","c0"],["invoice","i5"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":79477,"invoice_id":"i5"}],"amount":79477,"client_id":"c0","id":"y2","method":"Check","number":"P-2","received_on":"2026-10-05","reference":""}}','0bc0ce532aaddd8d8182a9f8a6f67be074857206179f9c6147c7018fd4ca4cf5',NULL,'','u24crb2u2jm4xqiw2hri56evdjpi5hwo','[docket-qbo u24crb2u2jm4xqiw]',0,NULL,NULL,NULL,'',NULL,1,'','','waits for invoice 105, which needs you','',NULL,'2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.400000Z');
INSERT INTO "posting" VALUES(18,3,'9130000000000001','invoice','i10','i10','Invoice','create',0,'invoice 1010',72141,'','CONFIRMED','{"fingerprint":"1:49f6a12ad22ba5e4f80495ceba3d1297","planned":{"adopts":"","amount":72141,"body":{"CustomerRef":{"name":"Client 1 LLC","value":"101"},"DocNumber":"1010","Line":[{"Amount":721.41,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":721.41}}],"PrivateNote":"Docket invoice no. 1010\n[docket-qbo 6hsshfenwiycrx6p]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i10","entity":"Invoice","generation":0,"invoice_id":"i10","kind":"invoice","label":"invoice 1010","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c1","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i10","issued_on":"2026-10-05","lines":[{"amount":72141,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"721.41"}],"memo":"","number":"1010","po_number":"","service_address_id":null,"subtotal":72141,"tax":0,"tax_lines":[],"terms_days":null,"total":72141}}','bd830381c19eefd808d6c63896409408f19228945dec4853fbf674916df3d2cc',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C22446F634E756D626572223A2231303130222C224C696E65223A5B7B22416D6F756E74223A3732312E34312C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3732312E34317D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031305C6E5B646F636B65742D71626F20366873736866656E77697963727836705D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','46936bb9d7154e9fafc55361a9ba821c558df44bce6c4e853321a0d1065fbb4c','6hsshfenwiycrx6puhg43e5oywr2bcvy','[docket-qbo 6hsshfenwiycrx6p]',1,'2026-11-23T09:00:12.000000Z','2026-11-23T09:00:12.000000Z',NULL,'',NULL,1,'115','0','','','{"adopted":false,"compared":[["customer","Client 1 LLC","Client 1 LLC",true],["invoice no.","1010","1010",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","721.41","721.41",true],["total","721.41","721.41",true],["still open","721.41","721.41",true]],"found":false,"held":72141}','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:12.300000Z');
INSERT INTO "posting" VALUES(19,3,'9130000000000001','payment','y6','i10','Payment','create',0,'payment by Check P-6',72141,'','EXCLUDED','{"fingerprint":"1:edbfbbe4b1043c9356709595ec203cfe","planned":{"adopts":"","amount":72141,"body":{"CustomerRef":{"name":"Client 1 LLC","value":"101"},"Line":[{"Amount":721.41,"LinkedTxn":[{"TxnId":"@invoice:i10","TxnType":"Invoice"}]}],"PaymentRefNum":"P-6","PrivateNote":"Docket payment P-6 by Check\n[docket-qbo deyrs6z4dqppa7sy]","TotalAmt":721.41,"TxnDate":"2026-10-05"},"docket_id":"y6","entity":"Payment","generation":0,"invoice_id":"i10","kind":"payment","label":"payment by Check P-6","needs":[["invoice","i10"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":72141,"invoice_id":"i10"}],"amount":72141,"client_id":"c1","id":"y6","method":"Check","number":"P-6","received_on":"2026-10-05","reference":""}}','b88019ea85946750d6b2f8dd08cf079c1f027eb11dff12cb3699869d73136002',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742031204C4C43222C2276616C7565223A22313031227D2C224C696E65223A5B7B22416D6F756E74223A3732312E34312C224C696E6B656454786E223A5B7B2254786E4964223A22313135222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D36222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3620627920436865636B5C6E5B646F636B65742D71626F206465797273367A3464717070613773795D222C22546F74616C416D74223A3732312E34312C2254786E44617465223A22323032362D31302D3035227D','2ae74b63db7370c2472547285846f4b3f9ace36065cad1768f6e06c3e4b16716','deyrs6z4dqppa7sycdmrmknnm5kpeoed','[docket-qbo deyrs6z4dqppa7sy]',1,'2026-11-23T09:00:12.600000Z','2026-11-23T09:00:12.600000Z',NULL,'',NULL,2,'','','','6540',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.500000Z');
INSERT INTO "posting" VALUES(20,3,'9130000000000001','invoice','i11','i11','Invoice','create',0,'invoice 1011',52153,'','CONFIRMED','{"fingerprint":"1:ebbd67f0fe126bd59face8e12241d5c4","planned":{"adopts":"","amount":52153,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"1011","Line":[{"Amount":521.53,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":521.53}}],"PrivateNote":"Docket invoice no. 1011\n[docket-qbo epiubdpkziof3nsm]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i11","entity":"Invoice","generation":0,"invoice_id":"i11","kind":"invoice","label":"invoice 1011","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i11","issued_on":"2026-10-05","lines":[{"amount":52153,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"521.53"}],"memo":"","number":"1011","po_number":"","service_address_id":null,"subtotal":52153,"tax":0,"tax_lines":[],"terms_days":null,"total":52153}}','affdc1e190f8ec71640c0c1161e0c6a19acc2a263d9a95b1ce248512522d7f9c',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A2231303131222C224C696E65223A5B7B22416D6F756E74223A3532312E35332C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3532312E35337D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031315C6E5B646F636B65742D71626F20657069756264706B7A696F66336E736D5D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','372caf4bfaa5c2dfd2affd7d0bf49e12b54a76cebc116f57c483bce66d03c3ad','epiubdpkziof3nsm256ffwsnu4lzki2j','[docket-qbo epiubdpkziof3nsm]',1,'2026-11-23T09:00:12.300000Z','2026-11-23T09:00:12.300000Z',NULL,'',NULL,1,'116','0','','','{"adopted":false,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","1011","1011",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","521.53","521.53",true],["total","521.53","521.53",true],["still open","521.53","521.53",true]],"found":false,"held":52153}','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:12.600000Z');
INSERT INTO "posting" VALUES(21,3,'9130000000000001','invoice','i12','i12','Invoice','create',0,'invoice 1012',19841,'','UNKNOWN','{"fingerprint":"1:596853265db3e9fadcc4d193b3b7cf63","planned":{"adopts":"","amount":19841,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"1012","Line":[{"Amount":198.41,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":198.41}}],"PrivateNote":"Docket invoice no. 1012\n[docket-qbo xx3sopzhojiwihsb]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i12","entity":"Invoice","generation":0,"invoice_id":"i12","kind":"invoice","label":"invoice 1012","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i12","issued_on":"2026-10-05","lines":[{"amount":19841,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"198.41"}],"memo":"","number":"1012","po_number":"","service_address_id":null,"subtotal":19841,"tax":0,"tax_lines":[],"terms_days":null,"total":19841}}','07920ca88a41acf89a8d7ce3242e6236d9ca2abf11dff91a638254e06f0f5141',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A2231303132222C224C696E65223A5B7B22416D6F756E74223A3139382E34312C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3139382E34317D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031325C6E5B646F636B65742D71626F20787833736F707A686F6A6977696873625D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','03f2992afa88a4368b7db29851bdd3e4b91c1653a3e4483bdfad03ae4234d155','xx3sopzhojiwihsbv7pgtuq65vequyod','[docket-qbo xx3sopzhojiwihsb]',1,'2026-11-23T09:00:12.600000Z','2026-11-23T09:00:12.600000Z','2026-11-23T09:03:32.900000Z','',NULL,1,'','','','',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:12.900000Z');
INSERT INTO "posting" VALUES(22,3,'9130000000000001','invoice','i13','i13','Invoice','create',0,'invoice 1013',83312,'','CONFIRMED','{"fingerprint":"1:fadda45f722075c54e2245f519b6c180","planned":{"adopts":"","amount":83312,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"1013","Line":[{"Amount":833.12,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":833.12}}],"PrivateNote":"Docket invoice no. 1013\n[docket-qbo gs3jlf6rzisujpjf]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i13","entity":"Invoice","generation":0,"invoice_id":"i13","kind":"invoice","label":"invoice 1013","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i13","issued_on":"2026-10-05","lines":[{"amount":83312,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"833.12"}],"memo":"","number":"1013","po_number":"","service_address_id":null,"subtotal":83312,"tax":0,"tax_lines":[],"terms_days":null,"total":83312}}','8b44893e729e846bae44a8e7da6b2e968ef138f094198ac903bf2567b0dcc7e2',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A2231303133222C224C696E65223A5B7B22416D6F756E74223A3833332E31322C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3833332E31327D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E20313031335C6E5B646F636B65742D71626F206773336A6C6636727A6973756A706A665D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','c04db357bfe100478610c8042074898fd7de64286c6d83da5f35f164b0582154','gs3jlf6rzisujpjfzzpdyzufds5zuzf2','[docket-qbo gs3jlf6rzisujpjf]',1,'2026-11-23T09:00:12.900000Z','2026-11-23T09:00:12.900000Z',NULL,'',NULL,1,'118','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","1013","1013",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","833.12","833.12",true],["total","833.12","833.12",true],["still open","833.12","833.12",true]],"found":false,"held":83312}','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.200000Z');
INSERT INTO "posting" VALUES(23,3,'9130000000000001','payment','y7','i13','Payment','create',0,'payment by Check P-7',103153,'','APPROVED','{"fingerprint":"1:164cbf55a1a5a370411ac7b66ba2ae6b","planned":{"adopts":"","amount":103153,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"105"},"Line":[{"Amount":198.41,"LinkedTxn":[{"TxnId":"@invoice:i12","TxnType":"Invoice"}]},{"Amount":833.12,"LinkedTxn":[{"TxnId":"@invoice:i13","TxnType":"Invoice"}]}],"PaymentRefNum":"P-7","PrivateNote":"Docket payment P-7 by Check\n[docket-qbo xhivydku2zi5iux5]","TotalAmt":1031.53,"TxnDate":"2026-10-05"},"docket_id":"y7","entity":"Payment","generation":0,"invoice_id":"i13","kind":"payment","label":"payment by Check P-7","needs":[["invoice","i12"],["invoice","i13"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":19841,"invoice_id":"i12"},{"amount":83312,"invoice_id":"i13"}],"amount":103153,"client_id":"c0","id":"y7","method":"Check","number":"P-7","received_on":"2026-10-05","reference":""}}','4a8be6403b86c63f592aee4a9e684786bb01bcb3f81cf05d1b53f01f49a4f04c',NULL,'','xhivydku2zi5iux5qerodo2zukhl4zyb','[docket-qbo xhivydku2zi5iux5]',0,NULL,NULL,NULL,'',NULL,0,'','','','',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:11.700000Z');
INSERT INTO "posting" VALUES(24,3,'9130000000000001','invoice','i7','i7','Invoice','create',0,'invoice 107',72292,'','CONFIRMED','{"fingerprint":"1:9857814503ba0a7ef8fda76bac95385b","planned":{"adopts":"","amount":72292,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"107","Line":[{"Amount":722.92,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":722.92}}],"PrivateNote":"Docket invoice no. 107\n[docket-qbo bks5al3w2g2sdkqh]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i7","entity":"Invoice","generation":0,"invoice_id":"i7","kind":"invoice","label":"invoice 107","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c0","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i7","issued_on":"2026-10-05","lines":[{"amount":72292,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"722.92"}],"memo":"","number":"107","po_number":"","service_address_id":null,"subtotal":72292,"tax":0,"tax_lines":[],"terms_days":null,"total":72292}}','8dd21f4751c9d5b7b9921b5100c2d5b3886589853bb5c5d5cd3a30e12cada181',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C22446F634E756D626572223A22313037222C224C696E65223A5B7B22416D6F756E74223A3732322E39322C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3732322E39327D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130375C6E5B646F636B65742D71626F20626B7335616C337732673273646B71685D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','8713ab939b3c5135b929e68abd839b9a4f372599a4f8aea40bb86a3ddaf14d06','bks5al3w2g2sdkqhgkb2rjkx3kauxqan','[docket-qbo bks5al3w2g2sdkqh]',1,'2026-11-23T09:00:12.900000Z','2026-11-23T09:00:12.900000Z',NULL,'',NULL,1,'119','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","107","107",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","722.92","722.92",true],["total","722.92","722.92",true],["still open","722.92","722.92",true]],"found":false,"held":72292}','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.200000Z');
INSERT INTO "posting" VALUES(25,3,'9130000000000001','payment','y4','i7','Payment','create',0,'payment by Check P-4',148525,'','CONFIRMED','{"fingerprint":"1:e2aa0ab4ad44e96d2a08c7d4e5e62c36","planned":{"adopts":"","amount":148525,"body":{"CustomerRef":{"name":"Client 0 LLC","value":"105"},"Line":[{"Amount":722.92,"LinkedTxn":[{"TxnId":"@invoice:i7","TxnType":"Invoice"}]},{"Amount":762.33,"LinkedTxn":[{"TxnId":"112","TxnType":"Invoice"}]}],"PaymentRefNum":"P-4","PrivateNote":"Docket payment P-4 by Check\n[docket-qbo 6btao2bti5jroy3p]","TotalAmt":1485.25,"TxnDate":"2026-10-05"},"docket_id":"y4","entity":"Payment","generation":0,"invoice_id":"i7","kind":"payment","label":"payment by Check P-4","needs":[["invoice","i7"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":72292,"invoice_id":"i7"},{"amount":76233,"invoice_id":"i4"}],"amount":148525,"client_id":"c0","id":"y4","method":"Check","number":"P-4","received_on":"2026-10-05","reference":""}}','900dc3f0bd040bea458e789ab7b9c6d788868432ced762061e3975a652149488',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742030204C4C43222C2276616C7565223A22313035227D2C224C696E65223A5B7B22416D6F756E74223A3732322E39322C224C696E6B656454786E223A5B7B2254786E4964223A22313139222C2254786E54797065223A22496E766F696365227D5D7D2C7B22416D6F756E74223A3736322E33332C224C696E6B656454786E223A5B7B2254786E4964223A22313132222C2254786E54797065223A22496E766F696365227D5D7D5D2C225061796D656E745265664E756D223A22502D34222C22507269766174654E6F7465223A22446F636B6574207061796D656E7420502D3420627920436865636B5C6E5B646F636B65742D71626F20366274616F32627469356A726F7933705D222C22546F74616C416D74223A313438352E32352C2254786E44617465223A22323032362D31302D3035227D','cd764e814b164413d9c51449b3eb9f7998665478021014bde5e9064247ae3dd3','6btao2bti5jroy3p3o4rbwn7oso5kb6l','[docket-qbo 6btao2bti5jroy3p]',1,'2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.200000Z',NULL,'',NULL,1,'120','0','','','{"adopted":false,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["date","2026-10-05","2026-10-05",true],["reference","P-4","P-4",true],["total","1,485.25","1,485.25",true],["applied to invoice 1","722.92","722.92",true],["applied to invoice 2","762.33","762.33",true],["not applied","0.00","0.00",true]],"found":false,"held":148525}','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.500000Z');
INSERT INTO "posting" VALUES(26,3,'9130000000000001','invoice','i8','i8','Invoice','create',0,'invoice 108',25232,'','REJECTED','{"fingerprint":"1:eb3ce0be4a55dd50abf6d655e605d64e","planned":{"adopts":"","amount":25232,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"108","Line":[{"Amount":252.32,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":252.32}}],"PrivateNote":"Docket invoice no. 108\n[docket-qbo nvyyde6tbuexd4q7]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i8","entity":"Invoice","generation":0,"invoice_id":"i8","kind":"invoice","label":"invoice 108","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i8","issued_on":"2026-10-05","lines":[{"amount":25232,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"252.32"}],"memo":"","number":"108","po_number":"","service_address_id":null,"subtotal":25232,"tax":0,"tax_lines":[],"terms_days":null,"total":25232}}','535331bf27fabc6df0bf38b34b604577e636f44abcb1f2b4aed69e520b22eb5b',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313038222C224C696E65223A5B7B22416D6F756E74223A3235322E33322C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3235322E33327D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130385C6E5B646F636B65742D71626F206E7679796465367462756578643471375D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','1eac050b5437279598afe5ae7afc3d29490bfb218867a9ca78ff40dcf0ac8047','nvyyde6tbuexd4q73tnufjrqishfxzfm','[docket-qbo nvyyde6tbuexd4q7]',1,'2026-11-23T09:00:13.200000Z','2026-11-23T09:00:13.200000Z',NULL,'',NULL,1,'','','The payment is part of a bank deposit in QuickBooks and cannot be changed. Nothing in QuickBooks was changed. Take it out of the deposit there first, or enter a refund instead.','6540',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.500000Z');
INSERT INTO "posting" VALUES(27,3,'9130000000000001','invoice','i9','i9','Invoice','create',0,'invoice 109',61738,'','SENDING','{"fingerprint":"1:31131edcc5942f28bafbba4acf99cd63","planned":{"adopts":"","amount":61738,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"109","Line":[{"Amount":617.38,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":617.38}}],"PrivateNote":"Docket invoice no. 109\n[docket-qbo 7skcdbxhb6pzgjib]","TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00}},"docket_id":"i9","entity":"Invoice","generation":0,"invoice_id":"i9","kind":"invoice","label":"invoice 109","needs":[],"operation":"create","uses_choice":null},"snapshot":{"client_id":"c2","currency":"USD","discount":0,"discount_percent":null,"due_on":null,"id":"i9","issued_on":"2026-10-05","lines":[{"amount":61738,"description":"","id":"l1","name":"20 Yard Dumpster","product_id":"p1","quantity":"1","service_date":null,"taxable":false,"unit_price":"617.38"}],"memo":"","number":"109","po_number":"","service_address_id":null,"subtotal":61738,"tax":0,"tax_lines":[],"terms_days":null,"total":61738}}','756913b59c1ff37007b9927c59e977e0f68a958422093b446d8052d0cb87cc07',X'7B22437573746F6D6572526566223A7B226E616D65223A22436C69656E742032204C4C43222C2276616C7565223A22313034227D2C22446F634E756D626572223A22313039222C224C696E65223A5B7B22416D6F756E74223A3631372E33382C224465736372697074696F6E223A22323020596172642044756D7073746572222C2244657461696C54797065223A2253616C65734974656D4C696E6544657461696C222C2253616C65734974656D4C696E6544657461696C223A7B224974656D526566223A7B226E616D65223A22323020596172642044756D7073746572222C2276616C7565223A22313030227D2C22517479223A312C22546178436F6465526566223A7B2276616C7565223A224E4F4E227D2C22556E69745072696365223A3631372E33387D7D5D2C22507269766174654E6F7465223A22446F636B657420696E766F696365206E6F2E203130395C6E5B646F636B65742D71626F2037736B63646278686236707A676A69625D222C2254786E44617465223A22323032362D31302D3035222C2254786E54617844657461696C223A7B22546F74616C546178223A302E30307D7D','3cd5f9c0254bec7fd5096d2bb97df8f2dc737032bb90ae439cedc73c8d6f21d4','7skcdbxhb6pzgjibrqdf2vziunkde4k6','[docket-qbo 7skcdbxhb6pzgjib]',1,'2026-11-23T09:00:13.500000Z','2026-11-23T09:00:13.500000Z',NULL,'oou355ezxp2ny66sutzmrl233e','2026-11-23T09:05:43.500000Z',1,'','','','',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.500000Z');
INSERT INTO "posting" VALUES(28,3,'9130000000000001','payment','y5','i9','Payment','create',0,'payment by Check P-5',139123,'','DRAFT','{"fingerprint":"1:53127d35ad1bc7b54c9327a626e89982","planned":{"adopts":"","amount":139123,"body":{"CustomerRef":{"name":"Client 2 LLC","value":"104"},"Line":[{"Amount":252.32,"LinkedTxn":[{"TxnId":"@invoice:i8","TxnType":"Invoice"}]},{"Amount":617.38,"LinkedTxn":[{"TxnId":"@invoice:i9","TxnType":"Invoice"}]},{"Amount":521.53,"LinkedTxn":[{"TxnId":"@invoice:i11","TxnType":"Invoice"}]}],"PaymentRefNum":"P-5","PrivateNote":"Docket payment P-5 by Check\n[docket-qbo kx6p76pwov7hfku6]","TotalAmt":1391.23,"TxnDate":"2026-10-05"},"docket_id":"y5","entity":"Payment","generation":0,"invoice_id":"i9","kind":"payment","label":"payment by Check P-5","needs":[["invoice","i8"],["invoice","i9"],["invoice","i11"]],"operation":"create","uses_choice":null},"snapshot":{"allocations":[{"amount":25232,"invoice_id":"i8"},{"amount":61738,"invoice_id":"i9"},{"amount":52153,"invoice_id":"i11"}],"amount":139123,"client_id":"c2","id":"y5","method":"Check","number":"P-5","received_on":"2026-10-05","reference":""}}','963d759c0d0f42de6491c7a04c122298425412951dfe629ccb92a41718cfc8fc',NULL,'','kx6p76pwov7hfku676igzg2gbdm6sysa','[docket-qbo kx6p76pwov7hfku6]',0,NULL,NULL,NULL,'',NULL,1,'','','taken back','',NULL,'2026-11-23T09:00:11.700000Z','2026-11-23T09:00:13.500000Z');
CREATE TABLE posting_dependency (
	id INTEGER NOT NULL, 
	posting_id INTEGER NOT NULL, 
	needs_id INTEGER NOT NULL, 
	CONSTRAINT pk_posting_dependency PRIMARY KEY (id), 
	CONSTRAINT uq_posting_dependency_posting_id_needs_id UNIQUE (posting_id, needs_id), 
	CONSTRAINT fk_posting_dependency_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id), 
	CONSTRAINT fk_posting_dependency_needs_id FOREIGN KEY(needs_id) REFERENCES posting (id)
);
INSERT INTO "posting_dependency" VALUES(1,3,1);
INSERT INTO "posting_dependency" VALUES(2,4,1);
INSERT INTO "posting_dependency" VALUES(3,4,3);
INSERT INTO "posting_dependency" VALUES(4,6,5);
INSERT INTO "posting_dependency" VALUES(5,8,7);
INSERT INTO "posting_dependency" VALUES(6,9,7);
INSERT INTO "posting_dependency" VALUES(7,9,8);
INSERT INTO "posting_dependency" VALUES(8,10,8);
INSERT INTO "posting_dependency" VALUES(9,10,7);
INSERT INTO "posting_dependency" VALUES(10,11,5);
INSERT INTO "posting_dependency" VALUES(11,12,5);
INSERT INTO "posting_dependency" VALUES(12,13,5);
INSERT INTO "posting_dependency" VALUES(13,13,6);
INSERT INTO "posting_dependency" VALUES(14,13,11);
INSERT INTO "posting_dependency" VALUES(15,13,12);
INSERT INTO "posting_dependency" VALUES(16,14,12);
INSERT INTO "posting_dependency" VALUES(17,14,5);
INSERT INTO "posting_dependency" VALUES(18,15,7);
INSERT INTO "posting_dependency" VALUES(19,16,7);
INSERT INTO "posting_dependency" VALUES(20,17,7);
INSERT INTO "posting_dependency" VALUES(21,17,16);
INSERT INTO "posting_dependency" VALUES(22,19,18);
INSERT INTO "posting_dependency" VALUES(23,23,21);
INSERT INTO "posting_dependency" VALUES(24,23,22);
INSERT INTO "posting_dependency" VALUES(25,25,24);
INSERT INTO "posting_dependency" VALUES(26,28,26);
INSERT INTO "posting_dependency" VALUES(27,28,27);
INSERT INTO "posting_dependency" VALUES(28,28,20);
CREATE TABLE product (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	sku VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	unit_price TEXT NOT NULL, 
	taxable BOOLEAN NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_product PRIMARY KEY (id), 
	CONSTRAINT uq_product_docket_id UNIQUE (docket_id)
);
INSERT INTO "product" VALUES(1,'p1','20 Yard Dumpster','20 yard dumpster','','Dumpster','','100.00',0,'2026-10-01T12:00:00.000000Z',NULL);
CREATE TABLE qbo_object (
	id INTEGER NOT NULL, 
	realm VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	qbo_id VARCHAR NOT NULL, 
	sync_token VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	full_name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	customer_id VARCHAR NOT NULL, 
	parent_id VARCHAR NOT NULL, 
	txn_date TEXT, 
	total_cents BIGINT, 
	tax_cents BIGINT, 
	balance_cents BIGINT, 
	currency VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	removed VARCHAR NOT NULL, 
	applied TEXT NOT NULL, 
	changed_at TEXT, 
	seen_at TEXT NOT NULL, 
	source VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	body_sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_qbo_object PRIMARY KEY (id), 
	CONSTRAINT uq_qbo_object_realm_entity_qbo_id UNIQUE (realm, entity, qbo_id), 
	CONSTRAINT ck_qbo_object_total_cents CHECK (typeof(total_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_qbo_object_tax_cents CHECK (typeof(tax_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_qbo_object_balance_cents CHECK (typeof(balance_cents) IN ('integer', 'null'))
);
INSERT INTO "qbo_object" VALUES(1,'9130000000000001','Item','100','0','20 Yard Dumpster','20 Yard Dumpster','20 yard dumpster','','','',NULL,NULL,NULL,NULL,'','',1,'','[]','2026-11-23T09:00:00.000000Z','2026-11-23T09:00:01.500000Z','query','{"Active":true,"FullyQualifiedName":"20 Yard Dumpster","Id":"100","MetaData":{"CreateTime":"2026-11-23T09:00:00+00:00","LastUpdatedTime":"2026-11-23T09:00:00+00:00"},"Name":"20 Yard Dumpster","SyncToken":"0","Type":"Service"}','a144cf1b9e6cf7b5232a2a55850d8e1bb9b27cb58683ba7f4c909aac2cc80f73');
INSERT INTO "qbo_object" VALUES(2,'9130000000000001','Customer','101','0','Client 1 LLC','Client 1 LLC','client 1 llc','','','',NULL,NULL,NULL,NULL,'','',1,'','[]','2026-11-23T09:00:06.000000Z','2026-11-23T09:00:06.000000Z','answer','{"Active":true,"CompanyName":"Client 1 LLC","DisplayName":"Client 1 LLC","Id":"101","MetaData":{"CreateTime":"2026-11-23T09:00:06+00:00","LastUpdatedTime":"2026-11-23T09:00:06+00:00"},"Notes":"Docket client C1\n[docket-qbo s4dzsbny6xydxo4l]","SyncToken":"0","domain":"QBO"}','3402afd6e818c65f00a7544182c46e7dd65cd68564f3bef6ff8691c82efa25ba');
INSERT INTO "qbo_object" VALUES(3,'9130000000000001','Invoice','102','1','','','','106','101','','2026-10-05',61603,0,0,'','Docket invoice no. 106
[docket-qbo oit5klvrncdopsrd]',1,'','[["Payment","103",0]]','2026-11-23T09:00:06.000000Z','2026-11-23T09:00:07.500000Z','answer','{"Active":true,"Balance":0.00,"CustomerRef":{"name":"Client 1 LLC","value":"101"},"DocNumber":"106","Id":"102","Line":[{"Amount":616.03,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":616.03}}],"LinkedTxn":[{"TxnId":"103","TxnType":"Payment"}],"MetaData":{"CreateTime":"2026-11-23T09:00:06+00:00","LastUpdatedTime":"2026-11-23T09:00:06+00:00"},"PrivateNote":"Docket invoice no. 106\n[docket-qbo oit5klvrncdopsrd]","SyncToken":"1","TotalAmt":616.03,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','0652c344f32c6e6b079017fdbab4da886b49390290115a154ab03caff1263025');
INSERT INTO "qbo_object" VALUES(4,'9130000000000001','Payment','103','0','','','','P-3','101','','2026-10-05',61603,NULL,0,'','Docket payment P-3 by Check
[docket-qbo eequwe7plyra6enb]',1,'','[["Invoice","102",61603]]','2026-11-23T09:00:07.000000Z','2026-11-23T09:00:07.200000Z','answer','{"Active":true,"CustomerRef":{"name":"Client 1 LLC","value":"101"},"Id":"103","Line":[{"Amount":616.03,"LinkedTxn":[{"TxnId":"102","TxnType":"Invoice"}]}],"MetaData":{"CreateTime":"2026-11-23T09:00:07+00:00","LastUpdatedTime":"2026-11-23T09:00:07+00:00"},"PaymentRefNum":"P-3","PrivateNote":"Docket payment P-3 by Check\n[docket-qbo eequwe7plyra6enb]","SyncToken":"0","TotalAmt":616.03,"TxnDate":"2026-10-05","UnappliedAmt":0.00,"domain":"QBO"}','ba695e17b5f42447e40689c95fe731c08c79c5328c31a9b833103486cf3699e9');
INSERT INTO "qbo_object" VALUES(5,'9130000000000001','Customer','104','0','Client 2 LLC','Client 2 LLC','client 2 llc','','','',NULL,NULL,NULL,NULL,'','',1,'','[]','2026-11-23T09:00:09.000000Z','2026-11-23T09:00:09.300000Z','answer','{"Active":true,"CompanyName":"Client 2 LLC","DisplayName":"Client 2 LLC","Id":"104","MetaData":{"CreateTime":"2026-11-23T09:00:09+00:00","LastUpdatedTime":"2026-11-23T09:00:09+00:00"},"Notes":"Docket client C2\n[docket-qbo af4j4kp4lylsymhg]","SyncToken":"0","domain":"QBO"}','0c369a091b10e5d617ae56e9a3a90450cf481150aff56a69e314be13500240ae');
INSERT INTO "qbo_object" VALUES(6,'9130000000000001','Customer','105','0','Client 0 LLC','Client 0 LLC','client 0 llc','','','',NULL,NULL,NULL,NULL,'','',1,'','[]','2026-11-23T09:00:09.000000Z','2026-11-23T09:00:09.600000Z','answer','{"Active":true,"CompanyName":"Client 0 LLC","DisplayName":"Client 0 LLC","Id":"105","MetaData":{"CreateTime":"2026-11-23T09:00:09+00:00","LastUpdatedTime":"2026-11-23T09:00:09+00:00"},"Notes":"Docket client C0\n[docket-qbo cielk22l4dnix36h]","SyncToken":"0","domain":"QBO"}','3ab62ec912f0603a6b0df39136d56d98639188b93674b5d5a28c95d930ea6e69');
INSERT INTO "qbo_object" VALUES(7,'9130000000000001','Invoice','106','0','','','','100','104','','2026-10-05',31290,0,31290,'','Docket invoice no. 100
[docket-qbo xa76v5eujvonjr26]',1,'','[]','2026-11-23T09:00:09.000000Z','2026-11-23T09:00:09.900000Z','answer','{"Active":true,"Balance":312.90,"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"100","Id":"106","Line":[{"Amount":312.90,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":312.90}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:09+00:00","LastUpdatedTime":"2026-11-23T09:00:09+00:00"},"PrivateNote":"Docket invoice no. 100\n[docket-qbo xa76v5eujvonjr26]","SyncToken":"0","TotalAmt":312.90,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','128cafc00cb2a21c56e35e7ea0ef0389a764babfc6ae1abbfa2c254b29b71df1');
INSERT INTO "qbo_object" VALUES(8,'9130000000000001','Invoice','107','1','','','','101','105','','2026-10-05',71433,0,0,'','Docket invoice no. 101
[docket-qbo 67qrfsng5wyzxany]',1,'','[["Payment","109",0]]','2026-11-23T09:00:10.000000Z','2026-11-23T09:00:11.700000Z','cdc','{"Active":true,"Balance":0.00,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"101","Id":"107","Line":[{"Amount":714.33,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":714.33}}],"LinkedTxn":[{"TxnId":"109","TxnType":"Payment"}],"MetaData":{"CreateTime":"2026-11-23T09:00:10+00:00","LastUpdatedTime":"2026-11-23T09:00:10+00:00"},"PrivateNote":"Docket invoice no. 101\n[docket-qbo 67qrfsng5wyzxany]","SyncToken":"1","TotalAmt":714.33,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','0914615b282f2a2408be4451e48cad56f7a8947b41ea3b3c7e3d23716feda548');
INSERT INTO "qbo_object" VALUES(9,'9130000000000001','Invoice','108','0','','','','102','104','','2026-10-05',48690,0,48590,'','Docket invoice no. 102
[docket-qbo rhdd2k2nr7zikh4q]',1,'','[]','2026-11-23T09:00:10.000000Z','2026-11-23T09:00:10.200000Z','answer','{"Active":true,"Balance":485.90,"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"102","Id":"108","Line":[{"Amount":485.90,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":485.90}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:10+00:00","LastUpdatedTime":"2026-11-23T09:00:10+00:00"},"PrivateNote":"Docket invoice no. 102\n[docket-qbo rhdd2k2nr7zikh4q]","SyncToken":"0","TotalAmt":486.90,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','f529a44f05afed0154972a9aa5967962d5204243a940903a1c5df01f2dc5e4f2');
INSERT INTO "qbo_object" VALUES(10,'9130000000000001','Payment','109','0','','','','P-1','105','','2026-10-05',71433,NULL,0,'','Docket payment P-1 by Check
[docket-qbo q3o42a2snznyxb25]',1,'','[["Invoice","107",71433]]','2026-11-23T09:00:10.000000Z','2026-11-23T09:00:10.800000Z','answer','{"Active":true,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"Id":"109","Line":[{"Amount":714.33,"LinkedTxn":[{"TxnId":"107","TxnType":"Invoice"}]}],"MetaData":{"CreateTime":"2026-11-23T09:00:10+00:00","LastUpdatedTime":"2026-11-23T09:00:10+00:00"},"PaymentRefNum":"P-1","PrivateNote":"Docket payment P-1 by Check\n[docket-qbo q3o42a2snznyxb25]","SyncToken":"0","TotalAmt":714.33,"TxnDate":"2026-10-05","UnappliedAmt":0.00,"domain":"QBO"}','6aff29712e1cacff466e9bd8b8882a843166c6429d1a7adcd8ded9c731c9a8a4');
INSERT INTO "qbo_object" VALUES(11,'9130000000000001','CreditMemo','110','0','','','','R-1','105','','2026-10-05',100,0,NULL,'','Docket refund R-1 by Check
Refund of Docket invoice no. 101
[docket-qbo sr5xhcldovw7rhjm]',1,'','[]','2026-11-23T09:00:10.000000Z','2026-11-23T09:00:10.800000Z','answer','{"Active":true,"Balance":1.00,"CustomerMemo":{"value":"picked up late"},"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"R-1","Id":"110","Line":[{"Amount":1.00,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"TaxCodeRef":{"value":"NON"}}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:10+00:00","LastUpdatedTime":"2026-11-23T09:00:10+00:00"},"PrivateNote":"Docket refund R-1 by Check\nRefund of Docket invoice no. 101\n[docket-qbo sr5xhcldovw7rhjm]","SyncToken":"0","TotalAmt":1.00,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','be1e9bc13e500f81aab95edec8e094799206131e65a823b5fb3c056b645cfc86');
INSERT INTO "qbo_object" VALUES(12,'9130000000000001','Invoice','111','0','','','','103','104','','2026-10-05',62235,0,62235,'','Docket invoice no. 103
[docket-qbo tyi2imtxjr6upkbo]',1,'','[]','2026-11-23T09:00:11.000000Z','2026-11-23T09:00:11.100000Z','answer','{"Active":true,"Balance":622.35,"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"103","Id":"111","Line":[{"Amount":622.35,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":622.35}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:11+00:00","LastUpdatedTime":"2026-11-23T09:00:11+00:00"},"PrivateNote":"Docket invoice no. 103\n[docket-qbo tyi2imtxjr6upkbo]","SyncToken":"0","TotalAmt":622.35,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','ee38798070983726a434d10d686991ffbad9387b893fc34fd2d820d0737ae122');
INSERT INTO "qbo_object" VALUES(13,'9130000000000001','Invoice','112','0','','','','104','105','','2026-10-05',76233,0,76233,'','Docket invoice no. 104
[docket-qbo ps7rma2vkmjklzhr]',1,'','[]','2026-11-23T09:00:11.000000Z','2026-11-23T09:00:11.100000Z','answer','{"Active":true,"Balance":762.33,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"104","Id":"112","Line":[{"Amount":762.33,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":762.33}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:11+00:00","LastUpdatedTime":"2026-11-23T09:00:11+00:00"},"PrivateNote":"Docket invoice no. 104\n[docket-qbo ps7rma2vkmjklzhr]","SyncToken":"0","TotalAmt":762.33,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','cc9f158ef519ad968e15d7d88b65356502c4db2871daa401a291d1e5ba86cbb0');
INSERT INTO "qbo_object" VALUES(14,'9130000000000001','CreditMemo','113','0','','','','R-3','104','','2026-10-05',100,0,NULL,'','Docket refund R-3 by Check
Refund of Docket invoice no. 103
[docket-qbo ubsb5jzpwq23wtda]',1,'','[]','2026-11-23T09:00:11.000000Z','2026-11-23T09:00:11.400000Z','answer','{"Active":true,"Balance":1.00,"CustomerMemo":{"value":"picked up late"},"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"R-3","Id":"113","Line":[{"Amount":1.00,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"TaxCodeRef":{"value":"NON"}}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:11+00:00","LastUpdatedTime":"2026-11-23T09:00:11+00:00"},"PrivateNote":"Docket refund R-3 by Check\nRefund of Docket invoice no. 103\n[docket-qbo ubsb5jzpwq23wtda]","SyncToken":"0","TotalAmt":1.00,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','2609ce8bcfe5a2e33788fd532ed58c5d554b06c4a05e88bee28944942d780eb3');
INSERT INTO "qbo_object" VALUES(15,'9130000000000001','Invoice','114','0','','','','105','105','','2026-10-05',79577,0,79477,'','Docket invoice no. 105
[docket-qbo 667ed4rcai5f7pyd]',1,'','[]','2026-11-23T09:00:11.000000Z','2026-11-23T09:00:11.400000Z','answer','{"Active":true,"Balance":794.77,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"105","Id":"114","Line":[{"Amount":794.77,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":794.77}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:11+00:00","LastUpdatedTime":"2026-11-23T09:00:11+00:00"},"PrivateNote":"Docket invoice no. 105\n[docket-qbo 667ed4rcai5f7pyd]","SyncToken":"0","TotalAmt":795.77,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','1020cb2f3ff8a87f5e5c2bc8ba32e5857b7fd486e5291bf53ac9b00916f7d412');
INSERT INTO "qbo_object" VALUES(16,'9130000000000001','Invoice','115','0','','','','1010','101','','2026-10-05',72141,0,72141,'','Docket invoice no. 1010
[docket-qbo 6hsshfenwiycrx6p]',1,'','[]','2026-11-23T09:00:12.000000Z','2026-11-23T09:00:12.300000Z','answer','{"Active":true,"Balance":721.41,"CustomerRef":{"name":"Client 1 LLC","value":"101"},"DocNumber":"1010","Id":"115","Line":[{"Amount":721.41,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":721.41}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:12+00:00","LastUpdatedTime":"2026-11-23T09:00:12+00:00"},"PrivateNote":"Docket invoice no. 1010\n[docket-qbo 6hsshfenwiycrx6p]","SyncToken":"0","TotalAmt":721.41,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','51ab689cca3f1f623e3251b0ee8eb0aa8684889c4bed037b2bbd838a8b8b7b7d');
INSERT INTO "qbo_object" VALUES(17,'9130000000000001','Invoice','116','0','','','','1011','104','','2026-10-05',52153,0,52153,'','Docket invoice no. 1011
[docket-qbo epiubdpkziof3nsm]',1,'','[]','2026-11-23T09:00:12.000000Z','2026-11-23T09:00:12.600000Z','answer','{"Active":true,"Balance":521.53,"CustomerRef":{"name":"Client 2 LLC","value":"104"},"DocNumber":"1011","Id":"116","Line":[{"Amount":521.53,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":521.53}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:12+00:00","LastUpdatedTime":"2026-11-23T09:00:12+00:00"},"PrivateNote":"Docket invoice no. 1011\n[docket-qbo epiubdpkziof3nsm]","SyncToken":"0","TotalAmt":521.53,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','af84d7f7f1c207159f90c9c4485131230e8519b11b1beafa8a905b15faac7371');
INSERT INTO "qbo_object" VALUES(18,'9130000000000001','Invoice','118','0','','','','1013','105','','2026-10-05',83312,0,83312,'','Docket invoice no. 1013
[docket-qbo gs3jlf6rzisujpjf]',1,'','[]','2026-11-23T09:00:13.000000Z','2026-11-23T09:00:13.200000Z','answer','{"Active":true,"Balance":833.12,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"1013","Id":"118","Line":[{"Amount":833.12,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":833.12}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:13+00:00","LastUpdatedTime":"2026-11-23T09:00:13+00:00"},"PrivateNote":"Docket invoice no. 1013\n[docket-qbo gs3jlf6rzisujpjf]","SyncToken":"0","TotalAmt":833.12,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','86e9e16293a48f34b5f1c3809c8bf6b5d14922f2a342d46f6006032dc5811bf4');
INSERT INTO "qbo_object" VALUES(19,'9130000000000001','Invoice','119','0','','','','107','105','','2026-10-05',72292,0,72292,'','Docket invoice no. 107
[docket-qbo bks5al3w2g2sdkqh]',1,'','[]','2026-11-23T09:00:13.000000Z','2026-11-23T09:00:13.200000Z','answer','{"Active":true,"Balance":722.92,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"DocNumber":"107","Id":"119","Line":[{"Amount":722.92,"Description":"20 Yard Dumpster","DetailType":"SalesItemLineDetail","SalesItemLineDetail":{"ItemRef":{"name":"20 Yard Dumpster","value":"100"},"Qty":1,"TaxCodeRef":{"value":"NON"},"UnitPrice":722.92}}],"LinkedTxn":[],"MetaData":{"CreateTime":"2026-11-23T09:00:13+00:00","LastUpdatedTime":"2026-11-23T09:00:13+00:00"},"PrivateNote":"Docket invoice no. 107\n[docket-qbo bks5al3w2g2sdkqh]","SyncToken":"0","TotalAmt":722.92,"TxnDate":"2026-10-05","TxnTaxDetail":{"TotalTax":0.00},"domain":"QBO"}','d55ef0aa78f94e78b6e6312c0d5ac74a346f2a05a35151ac509650ddd6f8aaf9');
INSERT INTO "qbo_object" VALUES(20,'9130000000000001','Payment','120','0','','','','P-4','105','','2026-10-05',148525,NULL,0,'','Docket payment P-4 by Check
[docket-qbo 6btao2bti5jroy3p]',1,'','[["Invoice","119",72292],["Invoice","112",76233]]','2026-11-23T09:00:13.000000Z','2026-11-23T09:00:13.500000Z','answer','{"Active":true,"CustomerRef":{"name":"Client 0 LLC","value":"105"},"Id":"120","Line":[{"Amount":722.92,"LinkedTxn":[{"TxnId":"119","TxnType":"Invoice"}]},{"Amount":762.33,"LinkedTxn":[{"TxnId":"112","TxnType":"Invoice"}]}],"MetaData":{"CreateTime":"2026-11-23T09:00:13+00:00","LastUpdatedTime":"2026-11-23T09:00:13+00:00"},"PaymentRefNum":"P-4","PrivateNote":"Docket payment P-4 by Check\n[docket-qbo 6btao2bti5jroy3p]","SyncToken":"0","TotalAmt":1485.25,"TxnDate":"2026-10-05","UnappliedAmt":0.00,"domain":"QBO"}','fe8d8af34fb3e21644e6501cde3a614cdbfec998943331566b39fc29dff00f57');
CREATE TABLE refund (
	id INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	client_docket_id VARCHAR NOT NULL, 
	invoice_docket_id VARCHAR, 
	payment_docket_id VARCHAR, 
	refunded_on TEXT NOT NULL, 
	method VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	tax_cents BIGINT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	updated_at TEXT NOT NULL, 
	voided_at TEXT, 
	deleted_at TEXT, 
	CONSTRAINT pk_refund PRIMARY KEY (id), 
	CONSTRAINT uq_refund_docket_id UNIQUE (docket_id), 
	CONSTRAINT ck_refund_tax_cents CHECK (typeof(tax_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_refund_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "refund" VALUES(1,'r1','R-1','c0','i1',NULL,'2026-10-05','Check','','picked up late',0,100,'','2026-10-01T12:00:00.000000Z',NULL,NULL);
INSERT INTO "refund" VALUES(2,'r3','R-3','c2','i3',NULL,'2026-10-05','Check','','picked up late',0,100,'','2026-10-01T12:00:00.000000Z',NULL,NULL);
CREATE TABLE refund_line (
	id INTEGER NOT NULL, 
	refund_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	product_id VARCHAR, 
	name VARCHAR NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	taxable BOOLEAN NOT NULL, 
	CONSTRAINT pk_refund_line PRIMARY KEY (id), 
	CONSTRAINT fk_refund_line_refund_docket_id FOREIGN KEY(refund_docket_id) REFERENCES refund (docket_id), 
	CONSTRAINT ck_refund_line_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
INSERT INTO "refund_line" VALUES(1,'r1',0,'p1','20 Yard Dumpster',100,0);
INSERT INTO "refund_line" VALUES(2,'r3',0,'p1','20 Yard Dumpster',100,0);
CREATE TABLE run (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	selection TEXT NOT NULL, 
	plan_digest VARCHAR NOT NULL, 
	"plan" TEXT NOT NULL, 
	actor VARCHAR NOT NULL, 
	created_at TEXT NOT NULL, 
	started_at TEXT, 
	ended_at TEXT, 
	result TEXT, 
	CONSTRAINT pk_run PRIMARY KEY (id)
);
INSERT INTO "run" VALUES(1,'test','finished','["i6"]','39b201e9a553dbc3f69806bce1d19548d307697f41971821fced96ca816f3e25','{"invoices":[{"client":"Client 1 LLC","docket_id":"i6","number":"106","outcome":"posted","postings":4,"reason":"","total":61603}]}','ann','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:08.100000Z','{"agreed":true,"audit_head":"7b4972a767daa168bf43322f9b3a7ba632bdd28685b7728cbaf7e817db765070","ended_at":"2026-11-23T09:00:08.100000Z","finished":true,"invoices":[["i6","106","Client 1 LLC",61603,"posted",""]],"kind":"test","metered_reads":9,"postings":[{"adopted":false,"amount":0,"compared":[["name","Client 1 LLC","Client 1 LLC",true]],"entity":"Customer","kind":"client","label":"customer Client 1 LLC","qbo_id":"101","reason":"","state":"CONFIRMED","web_url":"http://127.0.0.1:1/Customer/101"},{"adopted":true,"amount":0,"compared":[],"entity":"Item","kind":"product","label":"product/service 20 Yard Dumpster","qbo_id":"100","reason":"","state":"CONFIRMED","web_url":"http://127.0.0.1:1/Item/100"},{"adopted":false,"amount":61603,"compared":[["customer","Client 1 LLC","Client 1 LLC",true],["invoice no.","106","106",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","616.03","616.03",true],["total","616.03","616.03",true],["still open","0.00","0.00",true]],"entity":"Invoice","kind":"invoice","label":"invoice 106","qbo_id":"102","reason":"","state":"CONFIRMED","web_url":"http://127.0.0.1:1/Invoice/102"},{"adopted":false,"amount":61603,"compared":[["customer","Client 1 LLC","Client 1 LLC",true],["date","2026-10-05","2026-10-05",true],["reference","P-3","P-3",true],["total","616.03","616.03",true],["applied to the invoice","616.03","616.03",true],["not applied","0.00","0.00",true]],"entity":"Payment","kind":"payment","label":"payment by Check P-3","qbo_id":"103","reason":"","state":"CONFIRMED","web_url":"http://127.0.0.1:1/Payment/103"}],"proof":[61603,61603],"run_id":1,"selected":[1,61603],"started_at":"2026-11-23T09:00:04.800000Z","stopped_because":"","totals":{"checking":[0,0],"linked":[0,0],"needs_you":[0,0],"not_sent":[0,0],"payment_only":[0,0],"posted":[1,61603],"skipped":[0,0],"updated":[0,0]},"unclear_found":0,"unclear_resent":0}');
INSERT INTO "run" VALUES(2,'bulk','finished','["i0","i1","i2","i3","i4","i5"]','ecf36676d3ea6fc86372a613568df000a2eb8441b26fdd9b370e5aef0e207335','{"invoices":[{"client":"Client 2 LLC","docket_id":"i0","number":"100","outcome":"posted","postings":2,"reason":"","total":31290},{"client":"Client 0 LLC","docket_id":"i1","number":"101","outcome":"posted","postings":4,"reason":"","total":71433},{"client":"Client 2 LLC","docket_id":"i2","number":"102","outcome":"posted","postings":1,"reason":"","total":48590},{"client":"Client 2 LLC","docket_id":"i3","number":"103","outcome":"posted","postings":3,"reason":"","total":62235},{"client":"Client 0 LLC","docket_id":"i4","number":"104","outcome":"posted","postings":1,"reason":"","total":76233},{"client":"Client 0 LLC","docket_id":"i5","number":"105","outcome":"posted","postings":2,"reason":"","total":79477}]}','ann','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:08.100000Z','2026-11-23T09:00:11.700000Z','{"agreed":false,"audit_head":"92738d0a9ad54e906c2e2d49591a6479722dcc6d3b63da3d7e27a0229282b954","ended_at":"2026-11-23T09:00:11.700000Z","finished":true,"invoices":[["i0","100","Client 2 LLC",31290,"posted",""],["i1","101","Client 0 LLC",71433,"posted",""],["i2","102","Client 2 LLC",48590,"needs_you","invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90."],["i3","103","Client 2 LLC",62235,"needs_you","waits for invoice 102, which needs you"],["i4","104","Client 0 LLC",76233,"posted",""],["i5","105","Client 0 LLC",79477,"needs_you","invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77."]],"kind":"bulk","metered_reads":7,"postings":[{"adopted":false,"amount":48590,"compared":[["customer","Client 2 LLC","Client 2 LLC",true],["invoice no.","102","102",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","485.90","485.90",true],["total","485.90","486.90",false],["still open","485.90","485.90",true]],"entity":"Invoice","kind":"invoice","label":"invoice 102","qbo_id":"108","reason":"invoice 102 is in QuickBooks, but not as it was sent: total was sent as 485.90, QuickBooks holds 486.90.","state":"HOLD","web_url":"http://127.0.0.1:1/Invoice/108"},{"adopted":false,"amount":79477,"compared":[["customer","Client 0 LLC","Client 0 LLC",true],["invoice no.","105","105",true],["date","2026-10-05","2026-10-05",true],["lines","1","1",true],["line 1","794.77","794.77",true],["total","794.77","795.77",false],["still open","794.77","794.77",true]],"entity":"Invoice","kind":"invoice","label":"invoice 105","qbo_id":"114","reason":"invoice 105 is in QuickBooks, but not as it was sent: total was sent as 794.77, QuickBooks holds 795.77.","state":"HOLD","web_url":"http://127.0.0.1:1/Invoice/114"}],"proof":[369258,369458],"run_id":2,"selected":[6,369258],"started_at":"2026-11-23T09:00:08.100000Z","stopped_because":"","totals":{"checking":[0,0],"linked":[0,0],"needs_you":[3,190302],"not_sent":[0,0],"payment_only":[0,0],"posted":[3,178956],"skipped":[0,0],"updated":[0,0]},"unclear_found":0,"unclear_resent":0}');
INSERT INTO "run" VALUES(3,'bulk','running','["i10","i11","i12","i13","i6","i7","i8","i9"]','b8a7ee9dd376edcd06de896cd85a5dd42bb15a45f2084988b1a7981d634abd93','{"invoices":[{"client":"Client 1 LLC","docket_id":"i10","number":"1010","outcome":"posted","postings":2,"reason":"","total":72141},{"client":"Client 2 LLC","docket_id":"i11","number":"1011","outcome":"posted","postings":1,"reason":"","total":52153},{"client":"Client 0 LLC","docket_id":"i12","number":"1012","outcome":"posted","postings":1,"reason":"","total":19841},{"client":"Client 0 LLC","docket_id":"i13","number":"1013","outcome":"posted","postings":2,"reason":"","total":83312},{"client":"Client 1 LLC","docket_id":"i6","number":"106","outcome":"skipped","postings":0,"reason":"in QuickBooks, and both sides agree","total":61603},{"client":"Client 0 LLC","docket_id":"i7","number":"107","outcome":"posted","postings":2,"reason":"","total":72292},{"client":"Client 2 LLC","docket_id":"i8","number":"108","outcome":"posted","postings":1,"reason":"","total":25232},{"client":"Client 2 LLC","docket_id":"i9","number":"109","outcome":"posted","postings":2,"reason":"","total":61738}]}','ann','2026-11-23T09:00:11.700000Z','2026-11-23T09:00:11.700000Z',NULL,NULL);
CREATE TABLE service_address (
	id INTEGER NOT NULL, 
	client_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	line1 VARCHAR NOT NULL, 
	line2 VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	postal_code VARCHAR NOT NULL, 
	CONSTRAINT pk_service_address PRIMARY KEY (id), 
	CONSTRAINT fk_service_address_client_docket_id FOREIGN KEY(client_docket_id) REFERENCES client (docket_id)
);
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	saved_at TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT uq_setting_key UNIQUE ("key")
);
INSERT INTO "setting" VALUES(1,'refreshed_at','2026-11-23T09:00:04.800000Z','2026-11-23T09:00:04.800000Z');
INSERT INTO "setting" VALUES(2,'bulk_unlocked_by','380a58d17a45603bf28acdbfc3ef1facb8c854c94212b78cb13e7077f7625369','2026-11-23T09:00:08.100000Z');
CREATE TABLE tax_line (
	id INTEGER NOT NULL, 
	invoice_docket_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	agency VARCHAR NOT NULL, 
	rate TEXT NOT NULL, 
	taxable_cents BIGINT NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_tax_line PRIMARY KEY (id), 
	CONSTRAINT fk_tax_line_invoice_docket_id FOREIGN KEY(invoice_docket_id) REFERENCES invoice (docket_id), 
	CONSTRAINT ck_tax_line_taxable_cents CHECK (typeof(taxable_cents) IN ('integer', 'null')), 
	CONSTRAINT ck_tax_line_amount_cents CHECK (typeof(amount_cents) IN ('integer', 'null'))
);
CREATE INDEX ix_client_name_key ON client (name_key);
CREATE INDEX ix_product_name_key ON product (name_key);
CREATE INDEX ix_invoice_issued_on ON invoice (issued_on, id);
CREATE INDEX ix_invoice_client_key ON invoice (client_key, id);
CREATE INDEX ix_invoice_open ON invoice (open_docket_cents, id);
CREATE INDEX ix_invoice_number ON invoice (number);
CREATE INDEX ix_invoice_number_key ON invoice (number_key, id);
CREATE INDEX ix_invoice_status_issued_on ON invoice (status, issued_on, id);
CREATE INDEX ix_invoice_status_total ON invoice (status, total_cents);
CREATE INDEX ix_invoice_total ON invoice (total_cents, id);
CREATE INDEX ix_invoice_client ON invoice (client_docket_id);
CREATE INDEX ix_payment_client_docket_id ON payment (client_docket_id);
CREATE INDEX ix_payment_reference ON payment (reference);
CREATE INDEX ix_refund_client_docket_id ON refund (client_docket_id);
CREATE INDEX ix_refund_payment_docket_id ON refund (payment_docket_id);
CREATE INDEX ix_refund_invoice_docket_id ON refund (invoice_docket_id);
CREATE INDEX ix_credit_client_docket_id ON credit (client_docket_id);
CREATE INDEX ix_month_check_month ON month_check (month, id);
CREATE INDEX ix_qbo_object_number ON qbo_object (entity, number);
CREATE INDEX ix_qbo_object_customer ON qbo_object (customer_id);
CREATE INDEX ix_qbo_object_name_key ON qbo_object (name_key);
CREATE INDEX ix_qbo_object_total ON qbo_object (entity, total_cents);
CREATE INDEX ix_observation_object ON observation (realm, entity, qbo_id);
CREATE INDEX ix_link_qbo ON link (entity, qbo_id);
CREATE UNIQUE INDEX uq_link_document ON link (realm, entity, qbo_id) WHERE kind NOT IN ('client', 'product');
CREATE UNIQUE INDEX uq_choice_in_force ON choice (kind, "key") WHERE ended_at IS NULL;
CREATE UNIQUE INDEX uq_conflict_open ON "conflict" (invoice_docket_id, kind, subject_kind, subject_key) WHERE closed_at IS NULL;
CREATE INDEX ix_conflict_group ON "conflict" (kind, subject_key) WHERE closed_at IS NULL;
CREATE INDEX ix_run_state ON run (state);
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_service_address_client_docket_id ON service_address (client_docket_id);
CREATE INDEX ix_invoice_line_invoice_docket_id ON invoice_line (invoice_docket_id);
CREATE INDEX ix_invoice_line_product_id ON invoice_line (product_id);
CREATE INDEX ix_tax_line_invoice_docket_id ON tax_line (invoice_docket_id);
CREATE INDEX ix_payment_allocation_invoice_docket_id ON payment_allocation (invoice_docket_id);
CREATE INDEX ix_payment_allocation_payment_docket_id ON payment_allocation (payment_docket_id);
CREATE INDEX ix_refund_line_refund_docket_id ON refund_line (refund_docket_id);
CREATE INDEX ix_credit_allocation_credit_docket_id ON credit_allocation (credit_docket_id);
CREATE INDEX ix_credit_allocation_invoice_docket_id ON credit_allocation (invoice_docket_id);
CREATE INDEX ix_import_change_import_id ON import_change (import_id);
CREATE INDEX ix_posting_run ON posting (run_id, state);
CREATE UNIQUE INDEX uq_posting_one_at_a_time ON posting (realm, kind, docket_id) WHERE state NOT IN ('CONFIRMED', 'EXCLUDED', 'REJECTED');
CREATE INDEX ix_posting_state ON posting (state, next_try_at);
CREATE INDEX ix_posting_record ON posting (kind, docket_id);
CREATE INDEX ix_posting_invoice ON posting (invoice_docket_id);
CREATE INDEX ix_posting_dependency_needs ON posting_dependency (needs_id);
CREATE INDEX ix_attempt_posting_id ON attempt (posting_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the table audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the table audit is append-only'); END;
CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'the table attempt is append-only'); END;
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'the table attempt is append-only'); END;
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'the table observation is append-only'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'the table observation is append-only'); END;
CREATE TRIGGER month_check_no_update BEFORE UPDATE ON month_check BEGIN SELECT RAISE(ABORT, 'the table month_check is append-only'); END;
CREATE TRIGGER month_check_no_delete BEFORE DELETE ON month_check BEGIN SELECT RAISE(ABORT, 'the table month_check is append-only'); END;
CREATE TRIGGER posting_frozen_body BEFORE UPDATE OF body ON posting WHEN old.body IS NOT NULL AND new.body IS NOT old.body BEGIN SELECT RAISE(ABORT, 'the body of a posting is frozen'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'a posting is never removed'); END;
COMMIT;
