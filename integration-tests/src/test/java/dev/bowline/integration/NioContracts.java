package dev.bowline.integration;

import dev.bowline.integration.storm.LostServerContract;
import dev.bowline.integration.storm.StormContract;
import dev.bowline.integration.tls.ForeignTlsContract;
import dev.bowline.integration.tls.ReferenceServerTlsContract;
import dev.bowline.integration.tls.TlsRefusalContract;
import dev.bowline.testkit.contract.AttemptContract;
import dev.bowline.testkit.contract.CallbackThreadContract;
import dev.bowline.testkit.contract.ClientContract;
import dev.bowline.testkit.contract.ClientEndContract;
import dev.bowline.testkit.contract.ClosingContract;
import dev.bowline.testkit.contract.CountedFramingContract;
import dev.bowline.testkit.contract.DeliveryContract;
import dev.bowline.testkit.contract.DrainContract;
import dev.bowline.testkit.contract.EndContract;
import dev.bowline.testkit.contract.FramingContract;
import dev.bowline.testkit.contract.FramingCostContract;
import dev.bowline.testkit.contract.FramingVectorsContract;
import dev.bowline.testkit.contract.LessonsOf2008Contract;
import dev.bowline.testkit.contract.LifeContract;
import dev.bowline.testkit.contract.LineConnectionContract;
import dev.bowline.testkit.contract.LoggingContract;
import dev.bowline.testkit.contract.LossReasonContract;
import dev.bowline.testkit.contract.ModeContract;
import dev.bowline.testkit.contract.QueueContract;
import dev.bowline.testkit.contract.RaceContract;
import dev.bowline.testkit.contract.ReadingContract;
import dev.bowline.testkit.contract.ReconnectContract;
import dev.bowline.testkit.contract.RequestContract;
import dev.bowline.testkit.contract.SerialContract;
import dev.bowline.testkit.contract.SharedTransportContract;
import dev.bowline.testkit.contract.StartTlsContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.TlsContract;
import dev.bowline.testkit.contract.UnixContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.engine.EngineContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;

/** The NIO transport, one thread for all connections, against every contract. */
interface OnNio extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new SocketTransport("nio");
    }
}

class NioLifeContractIT extends LifeContract implements OnNio {}

class NioAttemptContractIT extends AttemptContract implements OnNio {}

class NioEndContractIT extends EndContract implements OnNio {}

class NioSerialContractIT extends SerialContract implements OnNio {}

class NioRequestContractIT extends RequestContract implements OnNio {}

class NioLineConnectionContractIT extends LineConnectionContract implements OnNio {}

class NioLossReasonContractIT extends LossReasonContract implements OnNio {}

class NioLoggingContractIT extends LoggingContract implements OnNio {}

class NioWritingContractIT extends WritingContract implements OnNio {}

class NioClosingContractIT extends ClosingContract implements OnNio {}

class NioReadingContractIT extends ReadingContract implements OnNio {}

class NioFramingContractIT extends FramingContract implements OnNio {}

class NioFramingVectorsContractIT extends FramingVectorsContract implements OnNio {}

class NioFramingCostContractIT extends FramingCostContract implements OnNio {}

class NioCountedFramingContractIT extends CountedFramingContract implements OnNio {}

class NioModeContractIT extends ModeContract implements OnNio {}

class NioQueueContractIT extends QueueContract implements OnNio {}

class NioCallbackThreadContractIT extends CallbackThreadContract implements OnNio {}

class NioClientContractIT extends ClientContract implements OnNio {}

class NioClientEndContractIT extends ClientEndContract implements OnNio {}

class NioDrainContractIT extends DrainContract implements OnNio {}

class NioReconnectContractIT extends ReconnectContract implements OnNio {}

class NioDeliveryContractIT extends DeliveryContract implements OnNio {}

class NioLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNio {}

class NioSharedTransportContractIT extends SharedTransportContract implements OnNio {}

class NioRaceContractIT extends RaceContract implements OnNio {}

class NioUnixContractIT extends UnixContract implements OnNio {}

class NioWritabilityContractIT extends WritabilityContract implements OnNio {}

class NioTimeoutContractIT extends TimeoutContract implements OnNio {}

class NioEngineContractIT extends EngineContract implements OnNio {}

class NioReferenceServerContractIT extends ReferenceServerContract implements OnNio {}

class NioStormContractIT extends StormContract implements OnNio {}

class NioLostServerContractIT extends LostServerContract implements OnNio {}

class NioTlsContractIT extends TlsContract implements OnNio {}

class NioStartTlsContractIT extends StartTlsContract implements OnNio {}

class NioForeignTlsContractIT extends ForeignTlsContract implements OnNio {}

class NioReferenceServerTlsContractIT extends ReferenceServerTlsContract implements OnNio {}

class NioTlsRefusalContractIT extends TlsRefusalContract implements OnNio {}
