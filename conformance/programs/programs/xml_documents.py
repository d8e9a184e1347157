"""XML read and written by the library: trees, events, DOM, SAX, property lists, and what is wrong with bad documents."""
import xml.etree.ElementTree as ET, io
doc='''<?xml version="1.0"?>
<library xmlns:x="http://example.com/x">
  <book id="1" x:lang="en"><title>Python &amp; XML</title><price>12.50</price></book>
  <book id="2"><title>Ünïcode</title><price>7</price><!-- note --></book>
  <empty/>
</library>'''
root=ET.fromstring(doc)
print(root.tag, root.attrib)
for b in root.findall('book'):
    print(b.get('id'), b.attrib, b.find('title').text, float(b.findtext('price')))
print(ET.tostring(root))
print(ET.tostring(root,encoding='unicode'))
ET.indent(root); print(ET.tostring(root,encoding='unicode',short_empty_elements=False))
for bad in ['<a>','<a></b>','','<a b=1/>','text','<a>&foo;</a>','<a/><b/>','<x:a/>']:
    try: ET.fromstring(bad)
    except ET.ParseError as e: print(repr(bad),e,e.code,e.position)
for ev,el in ET.iterparse(io.StringIO(doc),events=('start','end','start-ns','end-ns','comment','pi')):
    print(ev, (el.text if callable(el.tag) else el.tag) if hasattr(el, 'tag') else el)
p=ET.XMLPullParser(['end'])
p.feed('<a><b>x</b>'); print([(e,x.tag,x.text) for e,x in p.read_events()])
p.feed('</a>'); print(list(e for e,x in p.read_events()))
p.close()
e=ET.Element('r',{'a':'1'}); c=ET.SubElement(e,'c',k='v"<'); c.text='x<y'; c.tail='t'; ET.dump(e)
t=ET.ElementTree(e); b=io.BytesIO(); t.write(b,encoding='utf-8',xml_declaration=True); print(b.getvalue())
print(root.findall('.//book[@id="2"]/title')[0].text, [p.text for p in root.iter('price')])
print(ET.canonicalize('<a b="1" a="2"><c/></a>'))
print(root[0][0].text, len(root), [e.tag for e in root], root[-1].tag)
try: root.remove(e)
except Exception as e: print(type(e), e)
from xml.dom import minidom
d=minidom.parseString('<a x="1"><b>t</b><!--c--><![CDATA[z]]></a>')
print(d.toxml()); print(d.toprettyxml(indent='  ')); print(d.documentElement.getAttribute('x'), d.getElementsByTagName('b')[0].firstChild.data)
import xml.sax
class H(xml.sax.ContentHandler):
    def startElement(self,n,a): print('start',n,dict(a))
    def endElement(self,n): print('end',n)
    def characters(self,c): print('chars',repr(c))
xml.sax.parseString('<a k="v">hello\nworld<b/></a>',H())
try: xml.sax.parseString('<a>',H())
except xml.sax.SAXParseException as e: print(e)
import plistlib
d=plistlib.dumps({'a':1,'b':[1.5,True,b'xx','str']}); print(d.decode()); print(plistlib.loads(d))
import xml.parsers.expat as ex
print(ex.ErrorString(3), ex.errors.XML_ERROR_SYNTAX, ex.errors.codes[ex.errors.XML_ERROR_SYNTAX])
